package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import org.junitsandbox.internal.text.Units;

/** The files of the work directory at one time, as a tar archive, to be put into clean containers. */
final class Checkpoint {

    /** Its names, but not itself: its mode and owner are not the user's to set. */
    private static final String PACK = "(\\command cd " + Session.WORK + " && \\command set +f && \\command set --\n"
            + "for name in ./* ./.[!.]* ./..?*; do\n"
            + "if [ -e \"$name\" ] || [ -h \"$name\" ]; then \\command set -- \"$@\" \"$name\"; fi\n"
            + "done\n"
            + "[ $# = 0 ] || \\command tar -cf - \"$@\")";

    private static final String UNPACK = "\\command tar -xpf - -C " + Session.WORK;

    /** Empty if there are no files. */
    private final byte[] archive;

    private Checkpoint(byte[] archive) {
        this.archive = archive;
    }

    /**
     * Packs the files. They are given back as the stdin of one command, so that limit holds.
     *
     * @throws TransferException if they are too large, or one of them cannot be read
     */
    static Checkpoint take(OwnCommands commands) {
        long limit = commands.limits().inputBytes();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        BoundedOutput bounded = new BoundedOutput(archive, limit);
        OwnCommands.Result result = commands.run(PACK, bounded);
        if (bounded.isExceeded()) {
            throw new TransferException(
                    "No checkpoint: " + Session.WORK + " holds more than the limit of " + Units.describe(limit)
                            + " for what is given to a command; the limit input raises it",
                    null);
        }
        if (result.status() != 0) {
            throw new TransferException(
                    "No checkpoint: " + Session.WORK + " cannot be read in the sandbox: " + result.stderr(), null);
        }
        return new Checkpoint(archive.toByteArray());
    }

    /** Unpacks the files in a clean container. */
    void restore(OwnCommands commands) {
        if (archive.length > 0) {
            OwnCommands.Result result = commands.run(UNPACK, archive, null);
            if (result.status() != 0) {
                throw new TransferException(
                        "The files of the checkpoint cannot be put into the clean sandbox: " + result.stderr(), null);
            }
            commands.knownFiles().unpacked(archive);
        }
    }
}
