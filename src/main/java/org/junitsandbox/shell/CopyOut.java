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
import java.util.Optional;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.Units;

/** Copies out of a sandbox, as the output of commands. What comes is not trusted. */
final class CopyOut {

    private final Session session;
    private final long limitBytes;

    CopyOut(Session session) {
        this.session = session;
        this.limitBytes = session.spec().limits().copyOutBytes();
    }

    Optional<FileStatus> status(String path) {
        String name = ShellWord.quote(CopyIn.relative(path));
        Output printed;
        Reply reply = session.askOwn(
                "look at " + path,
                "if \\command test -e " + name + " || \\command test -h " + name + "; then \\command stat -c '%f %s' "
                        + name + "; fi");
        printed = new Output(reply.stdout());
        if (reply.status().orElseThrow() != 0) {
            throw new TransferException(
                    "The sandbox cannot tell what " + path + " is: " + new Output(reply.stderr()).text().strip(), null);
        }
        return printed.isEmpty() ? Optional.empty() : Optional.of(FileStatus.parse(printed.text()));
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
            content(source, existing(source), target);
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
        return status(source)
                .orElseThrow(() ->
                        new TransferException("There is no file " + source + " in the sandbox to copy out", null));
    }

    /** A copy that fails leaves a target that was there as it was. */
    private void file(String source, FileStatus status, Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new TransferException(target + " is a directory: name the file that the copy is to be", null);
        }
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, ".copy-out", null);
        try {
            try (OutputStream content = Files.newOutputStream(partial)) {
                content(source, status, content);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            UntrustedArchive.setMode(partial, status.mode());
            Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void content(String source, FileStatus status, OutputStream target) {
        switch (status.type()) {
            case REGULAR_FILE -> {
                if (status.sizeBytes() > limitBytes) {
                    throw tooLarge(source);
                }
                receive(source, "\\command cat <" + ShellWord.quote(CopyIn.relative(source)), target);
            }
            case DIRECTORY -> throw new TransferException(source + " is a directory: copy it to a path", null);
            case SYMBOLIC_LINK -> throw new TransferException(
                    source + " is a symbolic link, which could lead anywhere: copy what it points to by its own name", null);
            case OTHER -> throw new TransferException(source + " is neither a file nor a directory: it is not copied out", null);
        }
    }

    private void directory(String source, Path target) throws IOException {
        if (Files.exists(target) && !UntrustedArchive.isEmptyDirectory(target)) {
            throw new TransferException(
                    target + " is there and is not an empty directory: name a new or an empty one", null);
        }
        Path archive = Files.createTempFile("sandbox-copy-out", ".tar");
        try {
            try (OutputStream tar = Files.newOutputStream(archive)) {
                // "head" ends what would be endless, a sparse file of terabytes, say; the tar's own word is on stderr.
                receive(
                        source,
                        "{ \\command tar -cf - -C " + ShellWord.quote(CopyIn.relative(source))
                                + " . || \\command echo failed >&2; } | \\command head -c " + (limitBytes + 1),
                        tar);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
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

    private void receive(String source, String text, OutputStream target) {
        Bounded bounded = new Bounded(target);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Reply reply = session.askOwn("copy " + source + " out", text, (stream, bytes, offset, length) -> {
            if (stream == StandardStream.STDOUT) {
                bounded.write(bytes, offset, length);
            } else if (errors.size() < 4096) {
                errors.write(bytes, offset, Math.min(length, 4096));
            }
        });
        if (bounded.exceeded) {
            throw tooLarge(source);
        }
        if (reply.status().orElseThrow() != 0 || errors.size() > 0) {
            throw new TransferException(
                    source + " cannot be read in the sandbox: "
                            + Printable.joinLines(errors.toString(java.nio.charset.StandardCharsets.UTF_8)
                                    .strip()),
                    null);
        }
    }

    private TransferException tooLarge(String source) {
        return new TransferException(
                source + " is larger than the limit of " + Units.describe(limitBytes)
                        + " for what is copied out; the limit copyOut raises it",
                null);
    }

    /** Passes on as many bytes as the limit allows. */
    private final class Bounded {

        private final OutputStream target;
        private long count;
        private boolean exceeded;

        Bounded(OutputStream target) {
            this.target = target;
        }

        void write(byte[] bytes, int offset, int length) {
            count += length;
            exceeded |= count > limitBytes;
            if (!exceeded) {
                try {
                    target.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
