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
import org.jspecify.annotations.Nullable;
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

    /** Directories that their owner cannot read, write or enter. They get their modes when all is copied. */
    private final List<Path> closedDirectories = new ArrayList<>();

    DirectoryCopy(SandboxWriter writer, Path source, String target) {
        this.writer = writer;
        this.source = source;
        this.target = target;
        this.blocks = new TarBlocks(writer.blockBytes(), tar -> writer.unpack(tar, target));
    }

    void run() throws IOException {
        writer.makeDirectory(target);
        Files.walkFileTree(source, this);
        blocks.flush();
        // The innermost first, as its parent may then no longer be entered.
        for (Path directory : closedDirectories) {
            writer.setMode(target + "/" + source.relativize(directory), FileModes.of(directory));
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        // Its owner can write to it as long as it is filled.
        blocks.addDirectory(directory, packedName(directory), FileModes.of(directory) | OWNER_BITS);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            blocks.addLink(file, packedName(file));
        } else if (attributes.isOther()) {
            throw new TransferException(
                    Excerpt.line("" + file) + " cannot be copied in: it is neither a file, a directory nor a link",
                    null);
        } else if (attributes.size() > MAX_PACKED_FILE_BYTES) {
            // Its directory has to be there.
            blocks.flush();
            try (InputStream content = Files.newInputStream(file)) {
                writer.writeFile(content, target + "/" + source.relativize(file), FileModes.of(file));
            }
        } else {
            blocks.addFile(file, packedName(file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        if ((FileModes.of(directory) & OWNER_BITS) != OWNER_BITS) {
            closedDirectories.add(directory);
        }
        return super.postVisitDirectory(directory, e);
    }

    private String packedName(Path path) {
        return "./" + source.relativize(path);
    }
}
