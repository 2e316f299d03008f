package org.junitsandbox.corpus;

/** Contents that are harmless themselves. */
final class Samples {

    /** The content of most files in archives. */
    static final String TEXT = "This is the content of a file in the hostile-file corpus.\n";

    /** Another content, for files that two programs read differently. */
    static final String OTHER_TEXT = "This is another content, which not every program sees.\n";

    private Samples() {}

    /**
     * The EICAR anti-virus test file. It is put together here, so that no scanner finds it in the sources or in the
     * class file.
     */
    static String eicar() {
        String program =
                new StringBuilder("$}7)CC7)^P(45XZP\\4[PA@%P!O5X").reverse().toString();
        return program + String.join("-", "EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!$H+H*");
    }

    static byte[] eicarBytes() {
        return Bytes.utf8(eicar());
    }
}
