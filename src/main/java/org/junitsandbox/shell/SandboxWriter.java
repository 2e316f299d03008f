package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;

/**
 * Writes files of a sandbox by commands that each get one block as their stdin, so that it needs only the container's
 * streams.
 */
final class SandboxWriter {

    private static final DateTimeFormatter TOUCH_FORMAT = DateTimeFormatter.ofPattern("uuuuMMddHHmm.ss", Locale.ROOT);

    /** Blocks pass through the container's memory, two at a time. */
    private static final int MAX_BLOCK_BYTES = 4 << 20;

    private final OwnCommands commands;
    private final int blockBytes;

    SandboxWriter(OwnCommands commands) {
        this.commands = commands;
        this.blockBytes = (int) Math.min(MAX_BLOCK_BYTES, commands.limits().inputBytes() / 2);
    }

    /** How much one command is given at most. */
    int blockBytes() {
        return blockBytes;
    }

    /**
     * Writes a file, in place of one that exists, and the directories that it is missing.
     *
     * @throws IOException if {@code content} cannot be read
     */
    void writeFile(InputStream content, String target, int mode) throws IOException {
        writeFile(content, target, mode, null);
    }

    /**
     * Writes a file, as above.
     *
     * @param modified when it was modified last; null for now
     * @throws IOException if {@code content} cannot be read
     */
    void writeFile(InputStream content, String target, int mode, @Nullable FileTime modified) throws IOException {
        String name = SandboxPath.quote(target);
        String parent = SandboxPath.quoteParent(target);
        // A file that cannot be written to can be replaced where its directory can be written to.
        String write = "{ \\command test -d " + parent + " || \\command mkdir -p " + parent + "; } && "
                + "{ ! \\command test -f " + name + " || \\command test -w " + name + " || \\command rm -f " + name
                + "; } && \\command cat >|" + name;
        byte[] block = content.readNBytes(blockBytes);
        for (byte[] next = content.readNBytes(blockBytes); next.length > 0; next = content.readNBytes(blockBytes)) {
            check(target, commands.run(write, block, next));
            write = "\\command cat >>" + name;
            block = next;
        }
        String touch = modified == null ? "" : " && " + touch(target, modified);
        // The mode comes last, as it may forbid to write.
        check(target, commands.run(write + touch + " && " + chmod(target, mode), block, null));
    }

    /**
     * Makes a directory and those that it is missing.
     *
     * @return whether it was missing
     */
    boolean makeDirectory(String target) {
        String name = SandboxPath.quote(target);
        OwnCommands.Result result = commands.run(
                "if \\command test -d " + name + "; then \\command echo there; else \\command mkdir -p " + name
                        + "; fi");
        check(target, result);
        return result.stdout().isEmpty();
    }

    /** Lets its owner write to a directory, if it is there. */
    void openDirectory(String target) {
        String name = SandboxPath.quote(target);
        check(target, commands.run("! \\command test -d " + name + " || \\command chmod u+rwx " + name));
    }

    /** Unpacks a tar archive, of at most {@link #blockBytes()}, in a directory. */
    void unpack(byte[] tar, String target) {
        String unpack = "(\\command umask 0 && \\command tar -xpof - -C " + SandboxPath.quote(target) + ")";
        check(target, commands.run(unpack, tar, null));
    }

    void setMode(String target, int mode) {
        check(target, commands.run(chmod(target, mode)));
    }

    private static String touch(String target, FileTime modified) {
        String time = TOUCH_FORMAT.format(modified.toInstant().atOffset(ZoneOffset.UTC));
        return "TZ=UTC0 \\command touch -t " + time + " " + SandboxPath.quote(target);
    }

    private static String chmod(String target, int mode) {
        return "\\command chmod " + Integer.toOctalString(mode) + " " + SandboxPath.quote(target);
    }

    private static void check(String target, OwnCommands.Result result) {
        if (result.status() != 0) {
            throw new TransferException(
                    Excerpt.line(target) + " cannot be written in the sandbox: " + result.stderr(), null);
        }
    }
}
