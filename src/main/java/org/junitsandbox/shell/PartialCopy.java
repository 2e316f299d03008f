package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes what a copy of a directory that failed has written into a new or an empty one. */
final class PartialCopy extends SimpleFileVisitor<Path> {

    private final Path target;
    private final boolean keepsTarget;

    private PartialCopy(Path target, boolean keepsTarget) {
        this.target = target;
        this.keepsTarget = keepsTarget;
    }

    /**
     * @param keepsTarget whether the directory itself was there before
     * @param cause gets what cannot be removed as a suppressed exception
     */
    static void remove(Path target, boolean keepsTarget, Exception cause) {
        try {
            if (Files.exists(target)) {
                Files.walkFileTree(target, new PartialCopy(target, keepsTarget));
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
            FileModes.set(directory, 0700);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        if (!keepsTarget || !directory.equals(target)) {
            Files.delete(directory);
        }
        return super.postVisitDirectory(directory, e);
    }
}
