package org.junitsandbox.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.ShellWord;

/**
 * Copies into a sandbox, in blocks that are each the stdin of one command: small files and directories as tar archives,
 * larger ones appended block by block. So it needs no more of the container than its streams.
 */
final class CopyIn {

    /** The size of a block, in bytes. Blocks pass through the container's memory, two at a time. */
    private static final int BLOCK_BYTES = 4 << 20;

    /** A larger file of a directory, in bytes, travels by itself. */
    private static final int ARCHIVED_FILE_BYTES = BLOCK_BYTES / 8;

    private static final int PERMISSION_BITS = 07777;

    private static final int OWNER_BITS = 0700;

    private final Session session;
    private final int blockBytes;

    CopyIn(Session session) {
        this.session = session;
        this.blockBytes = (int) Math.min(BLOCK_BYTES, session.spec().limits().inputBytes() / 2);
    }

    void path(Path source, String target) {
        try {
            if (Files.isDirectory(source)) {
                directory(source, target);
            } else if (Files.isRegularFile(source)) {
                file(source, target);
            } else {
                throw new TransferException(
                        Files.exists(source)
                                ? source + " cannot be copied in: it is neither a file nor a directory"
                                : "There is no file " + source.toAbsolutePath() + " to copy in",
                        null);
            }
        } catch (IOException e) {
            throw new TransferException(source + " cannot be read: " + e, e);
        }
    }

    void bytes(byte[] content, String target) {
        stream(new ByteArrayInputStream(content), target);
    }

    void stream(InputStream content, String target) {
        try {
            stream(content, target, 0644);
        } catch (IOException e) {
            throw new TransferException("The stream to copy to " + target + " cannot be read: " + e, e);
        }
    }

    private void file(Path source, String target) throws IOException {
        try (InputStream content = Files.newInputStream(source)) {
            stream(content, target, mode(source));
        }
    }

    /** The mode comes last, as it may forbid to write. */
    private void stream(InputStream content, String target, int mode) throws IOException {
        String name = ShellWord.quote(relative(target));
        String parent = ShellWord.quote(parent(relative(target)));
        String write =
                "\\command test -d " + parent + " || \\command mkdir -p " + parent + " && \\command cat >|" + name;
        byte[] block = content.readNBytes(blockBytes);
        for (byte[] next = content.readNBytes(blockBytes); next.length > 0; next = content.readNBytes(blockBytes)) {
            ask(target, write, block, next);
            write = "\\command cat >>" + name;
            block = next;
        }
        ask(target, write + " && " + chmod(mode, name), block, null);
    }

    private static String chmod(int mode, String name) {
        return "\\command chmod " + Integer.toOctalString(mode) + " " + name;
    }

    private void directory(Path source, String target) throws IOException {
        ask(target, "\\command mkdir -p " + ShellWord.quote(relative(target)), null);
        Archive archive = new Archive(target);
        List<Path> closedDirectories = new ArrayList<>();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                archive.addDirectory(directory, "./" + source.relativize(directory) + "/");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = source.relativize(file).toString();
                if (attributes.isSymbolicLink()) {
                    archive.addLink(file, "./" + name);
                } else if (attributes.isOther()) {
                    throw new TransferException(
                            file + " cannot be copied in: it is neither a file, a directory nor a link", null);
                } else if (attributes.size() > ARCHIVED_FILE_BYTES) {
                    archive.flush();
                    file(file, target + "/" + name);
                } else {
                    archive.addFile(file, "./" + name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if ((mode(directory) & OWNER_BITS) != OWNER_BITS) {
                    closedDirectories.add(directory);
                }
                return super.postVisitDirectory(directory, e);
            }
        });
        archive.flush();
        // The innermost first, as its parent may then no longer be entered.
        for (Path directory : closedDirectories) {
            ask(
                    target,
                    chmod(mode(directory), ShellWord.quote(relative(target + "/" + source.relativize(directory)))),
                    null);
        }
    }

    /** Tar archives under way to a directory: each is complete in itself and fits into a block. */
    private final class Archive {

        private final String target;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable TarArchiveOutputStream tar;

        Archive(String target) {
            this.target = target;
        }

        /** Its owner can write to it as long as it is filled. */
        void addDirectory(Path path, String name) throws IOException {
            add(entry(path, name, mode(path) | OWNER_BITS), new byte[0]);
        }

        void addLink(Path path, String name) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            add(entry, new byte[0]);
        }

        void addFile(Path path, String name) throws IOException {
            byte[] content = Files.readAllBytes(path);
            TarArchiveEntry entry = entry(path, name, mode(path));
            entry.setSize(content.length);
            add(entry, content);
        }

        private static TarArchiveEntry entry(Path path, String name, int mode) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setMode(mode);
            entry.setModTime(Files.getLastModifiedTime(path));
            return entry;
        }

        private void add(TarArchiveEntry entry, byte[] content) throws IOException {
            if (bytes.size() + content.length > blockBytes - 2L * ARCHIVED_FILE_BYTES) {
                flush();
            }
            if (tar == null) {
                tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
                // Read by GNU tar and busybox alike.
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            }
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }

        void flush() throws IOException {
            if (tar != null) {
                tar.close();
                tar = null;
                ask(target, "\\command tar -xpof - -C " + ShellWord.quote(relative(target)), bytes.toByteArray());
                bytes.reset();
            }
        }
    }

    private void ask(String target, String text, byte @Nullable [] input) {
        ask(target, text, input, null);
    }

    private void ask(String target, String text, byte @Nullable [] input, byte @Nullable [] nextInput) {
        Reply reply = session.askOwn("copy to " + target, text, input, nextInput);
        if (reply.status().orElseThrow() != 0) {
            throw new TransferException(
                    target + " cannot be written in the sandbox: "
                            + Printable.joinLines(
                                    new Output(reply.stderr()).text().strip()),
                    null);
        }
    }

    /** A relative name that no program takes for an option. */
    static String relative(String path) {
        return path.startsWith("/") ? path : "./" + path;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    private static int mode(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return (int) Files.getAttribute(path, "unix:mode") & PERMISSION_BITS;
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            int mode = 0;
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            for (PosixFilePermission permission : PosixFilePermission.values()) {
                mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
            }
            return mode;
        }
        return Files.isDirectory(path) || Files.isExecutable(path) ? 0755 : 0644;
    }
}
