package org.junitsandbox.shell;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.internal.text.Excerpt;

/** Copies files of a sandbox to this machine, into bytes and streams. */
final class CopyOut {

    private final SandboxReader reader;

    CopyOut(OwnCommands commands) {
        this.reader = new SandboxReader(commands);
    }

    void path(String source, Path target) {
        FileStatus status = reader.existing(source);
        try {
            if (status.type() == FileStatus.Type.DIRECTORY) {
                directory(source, target);
            } else {
                file(source, status, target);
            }
        } catch (ClosedByInterruptException e) {
            throw new SandboxInterruptedException("Interrupted while writing " + name(target), e);
        } catch (IOException e) {
            throw new TransferException(name(target) + " cannot be written: " + Excerpt.line(e.toString()), e);
        }
    }

    void stream(String source, OutputStream target) {
        try {
            reader.readFile(source, reader.existing(source), target);
        } catch (UncheckedIOException e) {
            throw new TransferException(
                    "The stream that " + Excerpt.line(source) + " is copied to cannot be written: "
                            + Excerpt.line(String.valueOf(e.getCause())), e);
        }
    }

    byte[] bytes(String source) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        stream(source, content);
        return content.toByteArray();
    }

    /** A copy that fails leaves a target that existed as it was. */
    private void file(String source, FileStatus status, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new TransferException(name(target) + " is a directory: name the file that the copy is to be", null);
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
        boolean existed = Files.exists(target);
        if (existed && !isEmptyDirectory(target)) {
            throw new TransferException(
                    name(target) + " exists and is not an empty directory: name a new or an empty one", null);
        }
        UntrustedArchive untrusted = new UntrustedArchive(source, target);
        Path archive = Files.createTempFile("sandbox-copy-out", ".tar");
        try {
            write(archive, tar -> reader.readDirectory(source, tar));
            try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                untrusted.check(tar);
            }
            try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                untrusted.extract(tar);
            } catch (IOException | RuntimeException e) {
                PartialCopy.remove(target, existed, e);
                throw e;
            }
        } finally {
            Files.delete(archive);
        }
    }

    /**
     * Copies of a directory what can be copied, for people to look at.
     *
     * @param maxBytes the size of all files together
     * @return what is left out, and why
     */
    List<String> whatCanBeCopied(String source, Path target, long maxBytes) {
        UntrustedArchive untrusted = new UntrustedArchive(source, target);
        try {
            Path archive = Files.createTempFile("sandbox-copy-out", ".tar");
            try {
                List<String> leftOut = new ArrayList<>();
                try {
                    write(archive, tar -> reader.readDirectory(source, tar));
                } catch (TransferException e) {
                    // There may be more than what could not be read.
                    leftOut.add(String.valueOf(e.getMessage()));
                }
                try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                    leftOut.addAll(untrusted.checkWhatCanBeCopied(tar, maxBytes));
                } catch (TransferException e) {
                    leftOut.add(String.valueOf(e.getMessage()));
                    return leftOut;
                }
                try (InputStream tar = new BufferedInputStream(Files.newInputStream(archive))) {
                    untrusted.extractForReading(tar);
                }
                return leftOut;
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new TransferException(name(target) + " cannot be written: " + Excerpt.line(e.toString()), e);
        }
    }

    private static String name(Path target) {
        return Excerpt.line(target.toString());
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
