package org.junitsandbox.shell;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Copies files of a sandbox to this machine, into bytes and streams. */
final class CopyOut {

    private final SandboxReader reader;

    CopyOut(OwnCommands commands) {
        this.reader = new SandboxReader(commands);
    }

    void path(String source, Path target) {
        FileStatus status = existing(source);
        try {
            if (status.type() == FileStatus.Type.DIRECTORY) {
                directory(source, target);
            } else {
                file(source, status, target);
            }
        } catch (IOException e) {
            throw new TransferException(target + " cannot be written: " + e, e);
        }
    }

    void stream(String source, OutputStream target) {
        try {
            reader.readFile(source, existing(source), target);
        } catch (UncheckedIOException e) {
            throw new TransferException(
                    "The stream that " + source + " is copied to cannot be written: " + e.getCause(), e);
        }
    }

    byte[] bytes(String source) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        stream(source, content);
        return content.toByteArray();
    }

    private FileStatus existing(String source) {
        return reader.status(source)
                .orElseThrow(() ->
                        new TransferException("There is no file " + source + " in the sandbox to copy out", null));
    }

    /** A copy that fails leaves a target that existed as it was. */
    private void file(String source, FileStatus status, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new TransferException(target + " is a directory: name the file that the copy is to be", null);
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, ".copy-out", null);
        try {
            write(partial, content -> reader.readFile(source, status, content));
            FileModes.set(partial, status.mode());
            Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void directory(String source, Path target) throws IOException {
        if (Files.exists(target) && !isEmptyDirectory(target)) {
            throw new TransferException(
                    target + " exists and is not an empty directory: name a new or an empty one", null);
        }
        Path archive = Files.createTempFile("sandbox-copy-out", ".tar");
        try {
            write(archive, tar -> reader.readDirectory(source, tar));
            try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                UntrustedArchive.check(source, tar);
            }
            try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                UntrustedArchive.extract(tar, target);
            }
        } finally {
            Files.delete(archive);
        }
    }

    private interface Writing {
        void to(OutputStream target);
    }

    private static void write(Path file, Writing writing) throws IOException {
        try (OutputStream target = Files.newOutputStream(file)) {
            writing.to(target);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static boolean isEmptyDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }
}
