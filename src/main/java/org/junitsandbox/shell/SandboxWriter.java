package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
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
        String write = TargetDirectory.make(parent) + " && { ! \\command test -f " + name
                + " || \\command test -w " + name + " || \\command rm -f " + name + "; } && \\command cat >|" + name;
        String made = "";
        MessageDigest digest = Sha256.begin();
        long size = 0;
        byte[] block = content.readNBytes(blockBytes);
        for (byte[] next = content.readNBytes(blockBytes); next.length > 0; next = content.readNBytes(blockBytes)) {
            made += check(target, commands.run(write, block, next));
            digest.update(block);
            size += block.length;
            write = "\\command cat >>" + name;
            block = next;
        }
        digest.update(block);
        size += block.length;
        String touch = modified == null ? "" : " && " + touch(target, modified);
        // The mode comes last, as it may forbid to write.
        String last = write + touch + " && " + chmod(target, mode) + " && " + TargetDirectory.where(parent);
        TargetDirectory directory = TargetDirectory.parse(made + check(target, commands.run(last, block, null)));
        String fileName = target.substring(target.lastIndexOf('/') + 1);
        note(directory, fileName, CopiedFile.regular(mode, size, Sha256.end(digest)));
    }

    /** Notes what was copied in, as it is no change. */
    void note(TargetDirectory directory, String relative, CopiedFile file) {
        directory.note(commands.knownFiles(), relative, file);
    }

    /** Makes a directory and those that it is missing. */
    TargetDirectory makeDirectory(String target) {
        String name = SandboxPath.quote(target);
        OwnCommands.Result result =
                commands.run(TargetDirectory.make(name) + " && " + TargetDirectory.where(name));
        return TargetDirectory.parse(check(target, result));
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

    private static String check(String target, OwnCommands.Result result) {
        if (result.status() != 0) {
            throw new TransferException(
                    Excerpt.line(target) + " cannot be written in the sandbox: " + result.stderr(), null);
        }
        return result.stdout();
    }
}
