package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.text.Excerpt;

/** Copies one directory into a sandbox: small files packed in tar archives, larger ones each by itself. */
final class DirectoryCopy extends SimpleFileVisitor<Path> {

    /** A larger file is not packed. */
    private static final int MAX_PACKED_FILE_BYTES = 512 << 10;

    private static final int OWNER_BITS = 0700;

    private final SandboxWriter writer;
    private final Path source;
    private final String target;
    private final TarBlocks blocks;

    /** All of them, outer ones first; with the root if it is a new one. */
    private final List<Path> directories = new ArrayList<>();

    private TargetDirectory into = TargetDirectory.parse("");

    /**
     * @param source a directory or a link to one
     */
    DirectoryCopy(SandboxWriter writer, Path source, String target) throws IOException {
        this.writer = writer;
        this.source = source.toRealPath();
        this.target = target.isEmpty() ? "." : target;
        this.blocks = new TarBlocks(writer.blockBytes(), tar -> writer.unpack(tar, this.target));
    }

    void run() throws IOException {
        into = writer.makeDirectory(target);
        if (into.isMade()) {
            directories.add(source);
        }
        Files.walkFileTree(source, this);
        // Once more, as each file that was written has changed a time; the innermost first.
        for (int i = directories.size() - 1; i >= 0; i--) {
            Path directory = directories.get(i);
            blocks.addDirectory(directory, packedName(directory), FileModes.of(directory) | OWNER_BITS);
        }
        blocks.flush();
        for (int i = directories.size() - 1; i >= 0; i--) {
            Path directory = directories.get(i);
            note(directory, CopiedFile.directory(FileModes.of(directory)));
            if (isClosed(directory)) {
                // Not by tar: that of busybox sets no mode of a directory that is there.
                writer.setMode(targetOf(directory), FileModes.of(directory));
            }
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (!directory.equals(source)) {
            directories.add(directory);
            // Its owner can write to it as long as it is filled.
            if (isClosed(directory)) {
                writer.openDirectory(targetOf(directory));
            }
            blocks.addDirectory(directory, packedName(directory), FileModes.of(directory) | OWNER_BITS);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            blocks.addLink(file, packedName(file));
            note(file, CopiedFile.link(HostNames.of(Files.readSymbolicLink(file))));
        } else if (attributes.isOther()) {
            throw new TransferException(
                    Excerpt.line("" + file) + " cannot be copied in: it is neither a file, a directory nor a link",
                    null);
        } else if (attributes.size() > MAX_PACKED_FILE_BYTES) {
            // Its directory has to be there.
            blocks.flush();
            try (InputStream content = Files.newInputStream(file)) {
                writer.writeFile(
                        content,
                        targetOf(file),
                        FileModes.of(file),
                        attributes.lastModifiedTime());
            }
        } else {
            byte[] content = blocks.addFile(file, packedName(file));
            note(file, CopiedFile.regular(FileModes.of(file), content.length, Sha256.of(content)));
        }
        return FileVisitResult.CONTINUE;
    }

    private void note(Path path, CopiedFile file) {
        writer.note(into, path.equals(source) ? "" : HostNames.relative(source, path), file);
    }

    /** Whether its owner cannot read, write or enter a directory. */
    private static boolean isClosed(Path directory) throws IOException {
        return (FileModes.of(directory) & OWNER_BITS) != OWNER_BITS;
    }

    private String targetOf(Path path) {
        return path.equals(source) ? target : target + "/" + HostNames.relative(source, path);
    }

    private String packedName(Path path) {
        return path.equals(source) ? "." : "./" + HostNames.relative(source, path);
    }
}
