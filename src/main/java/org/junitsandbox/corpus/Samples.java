package org.junitsandbox.corpus;

/** Contents that are harmless themselves. */
final class Samples {

    /** The content of most files in archives. */
    static final String TEXT = "This is the content of a file in the hostile-file corpus.\n";

    private Samples() {}
}
