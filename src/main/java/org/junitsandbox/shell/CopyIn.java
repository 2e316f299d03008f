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
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.protocol.ShellWord;

/**
 * Copies into a sandbox, in blocks that are each the stdin of one command: small files and directories as tar archives, larger ones
 * appended block by block. So it needs no more of the container than its streams.
 */
final class CopyIn {

    /** The size of a block, in bytes. Blocks pass through the container's memory. */
    private static final int BLOCK_BYTES = 8 << 20;

    /** A larger file of a directory, in bytes, travels by itself. */
    private static final int ARCHIVED_FILE_BYTES = BLOCK_BYTES / 8;

    private static final int PERMISSION_BITS = 07777;

    private final Session session;
    private final int blockBytes;

    CopyIn(Session session) {
        this.session = session;
        this.blockBytes = (int) Math.min(BLOCK_BYTES, session.spec().limits().inputBytes());
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

    private void stream(InputStream content, String target, int mode) throws IOException {
        String name = ShellWord.quote(relative(target));
        String parent = ShellWord.quote(parent(relative(target)));
        String make = "\\command test -d " + parent + " || \\command mkdir -p " + parent + " && \\command cat >|" + name
                + " && \\command chmod " + Integer.toOctalString(mode) + " " + name;
        ask(target, make, content.readNBytes(blockBytes));
        for (byte[] block = content.readNBytes(blockBytes); block.length > 0; block = content.readNBytes(blockBytes)) {
            ask(target, "\\command cat >>" + name, block);
        }
    }

    private void directory(Path source, String target) throws IOException {
        String name = ShellWord.quote(relative(target));
        ask(target, "\\command mkdir -p " + name, null);
        try (Archive archive = new Archive(target)) {
            Files.walkFileTree(source, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                    archive.add(directory, "./" + source.relativize(directory) + "/", 0);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isOther()) {
                        throw new TransferException(file + " cannot be copied in: it is neither a file, a directory nor a link", null);
                    }
                    if (attributes.size() > ARCHIVED_FILE_BYTES) {
                        archive.flush();
                        file(file, target + "/" + source.relativize(file));
                    } else {
                        archive.add(file, "./" + source.relativize(file), attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /** Tar archives under way to a directory: each is complete in itself and fits into a block. */
    private final class Archive implements AutoCloseable {

        private final String target;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable TarArchiveOutputStream tar;

        Archive(String target) {
            this.target = target;
        }

        void add(Path path, String name, long size) throws IOException {
            if (bytes.size() + size > blockBytes - 2L * ARCHIVED_FILE_BYTES) {
                flush();
            }
            if (tar == null) {
                tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
                // Read by GNU tar and busybox alike.
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            }
            TarArchiveEntry entry;
            if (Files.isSymbolicLink(path)) {
                entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                entry.setLinkName(Files.readSymbolicLink(path).toString());
            } else {
                entry = new TarArchiveEntry(name, true);
                entry.setSize(size);
                entry.setMode(mode(path));
                entry.setModTime(Files.getLastModifiedTime(path));
            }
            tar.putArchiveEntry(entry);
            if (entry.isFile() && size > 0) {
                byte[] content = Files.readAllBytes(path);
                if (content.length != size) {
                    throw new TransferException(path + " changed while it was copied in", null);
                }
                tar.write(content);
            }
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

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private void ask(String target, String text, byte @Nullable [] input) {
        Reply reply = session.askOwn("copy to " + target, text, input, null);
        if (reply.status().orElseThrow() != 0) {
            throw new TransferException(
                    target + " cannot be written in the sandbox: " + new Output(reply.stderr()).text().strip(), null);
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
