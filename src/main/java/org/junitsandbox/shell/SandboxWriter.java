package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import org.junitsandbox.internal.text.Excerpt;

/**
 * Writes files of a sandbox by commands that each get one block as their stdin, so that it needs only the container's
 * streams.
 */
final class SandboxWriter {

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
        String name = SandboxPath.quote(target);
        String parent = SandboxPath.quoteParent(target);
        String write =
                "\\command test -d " + parent + " || \\command mkdir -p " + parent + " && \\command cat >|" + name;
        byte[] block = content.readNBytes(blockBytes);
        for (byte[] next = content.readNBytes(blockBytes); next.length > 0; next = content.readNBytes(blockBytes)) {
            check(target, commands.run(write, block, next));
            write = "\\command cat >>" + name;
            block = next;
        }
        // The mode comes last, as it may forbid to write.
        check(target, commands.run(write + " && " + chmod(target, mode), block, null));
    }

    /** Makes a directory and those that it is missing. */
    void makeDirectory(String target) {
        check(target, commands.run("\\command mkdir -p " + SandboxPath.quote(target)));
    }

    /** Unpacks a tar archive, of at most {@link #blockBytes()}, in a directory. */
    void unpack(byte[] tar, String target) {
        check(target, commands.run("\\command tar -xpof - -C " + SandboxPath.quote(target), tar, null));
    }

    void setMode(String target, int mode) {
        check(target, commands.run(chmod(target, mode)));
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
