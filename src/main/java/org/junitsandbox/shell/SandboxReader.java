package org.junitsandbox.shell;

import java.io.OutputStream;
import java.util.Optional;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;

/** Reads files of a sandbox by commands that write them to their stdout. What comes is not trusted. */
final class SandboxReader {

    private final OwnCommands commands;
    private final long limitBytes;

    SandboxReader(OwnCommands commands) {
        this.commands = commands;
        this.limitBytes = commands.limits().copyOutBytes();
    }

    /** Looks at a file; empty if nothing has that name. */
    Optional<FileStatus> status(String path) {
        OwnCommands.Result result = look(path);
        return result.stdout().isEmpty() ? Optional.empty() : Optional.of(parse(path, result));
    }

    /**
     * Looks at a file that must be there.
     *
     * @throws TransferException if nothing has that name
     */
    FileStatus existing(String path) {
        OwnCommands.Result result = look(path);
        if (result.stdout().isEmpty()) {
            throw new TransferException("There is no file " + result.locate(path) + " to copy out", null);
        }
        return parse(path, result);
    }

    private static FileStatus parse(String path, OwnCommands.Result result) {
        return FileStatus.parse(result.stdout())
                .orElseThrow(() -> new TransferException(
                        Excerpt.line(path) + " cannot be looked at in the sandbox: its stat printed "
                                + Excerpt.quote(result.stdout(), 200),
                        null));
    }

    private OwnCommands.Result look(String path) {
        String name = SandboxPath.quote(path);
        OwnCommands.Result result = commands.run("if \\command test -e " + name + " || \\command test -h " + name
                + "; then \\command stat -c '%f %s' " + name + "; fi");
        if (result.status() != 0) {
            throw new TransferException(
                    Excerpt.line(path) + " cannot be looked at in the sandbox: " + result.stderr(), null);
        }
        return result;
    }

    /**
     * Reads a regular file.
     *
     * @param status what the file was when looked at
     * @throws java.io.UncheckedIOException if {@code target} cannot be written
     */
    void readFile(String source, FileStatus status, OutputStream target) {
        switch (status.type()) {
            case REGULAR_FILE -> {
                if (status.sizeBytes() > limitBytes) {
                    throw tooLarge(source);
                }
                OwnCommands.Result result =
                        read(source, "\\command cat <" + SandboxPath.quote(source), target);
                if (result.status() != 0 || !result.errors().isEmpty()) {
                    throw new TransferException(
                            Excerpt.line(source) + " cannot be read in the sandbox: " + result.stderr(), null);
                }
            }
            case DIRECTORY -> throw new TransferException(
                    Excerpt.line(source) + " is a directory: copy it to a path", null);
            case SYMBOLIC_LINK -> throw new TransferException(
                    Excerpt.line(source)
                            + " is a symbolic link, which could lead anywhere: copy what it points to by its own name",
                    null);
            case OTHER -> throw new TransferException(
                    Excerpt.line(source) + " is neither a file nor a directory: it is not copied out", null);
        }
    }

    /**
     * Reads a directory as a tar archive.
     *
     * @throws java.io.UncheckedIOException if {@code target} cannot be written
     */
    void readDirectory(String source, OutputStream target) {
        // "head" ends what would be endless, such as a sparse file of terabytes; how tar ended is on stderr.
        OwnCommands.Result result = read(
                source,
                "{ LC_ALL=C \\command tar -cf - -C " + SandboxPath.quote(source) + " . || \\command echo \""
                        + TarMessages.STATUS + "$?\" >&2; } | \\command head -c " + (limitBytes + 1),
                target);
        if (result.status() != 0 || !TarMessages.areHarmless(result.errors())) {
            throw new TransferException(
                    Excerpt.line(source) + " cannot be read in the sandbox: " + Excerpt.line(result.stderr())
                            + TarMessages.advice(result.errors()),
                    null);
        }
    }

    private OwnCommands.Result read(String source, String text, OutputStream target) {
        BoundedOutput content = new BoundedOutput(target, limitBytes);
        OwnCommands.Result result = commands.run(text, content);
        if (content.isExceeded()) {
            throw tooLarge(source);
        }
        return result;
    }

    private TransferException tooLarge(String source) {
        return new TransferException(
                Excerpt.line(source) + " is larger than the limit of " + Units.describe(limitBytes)
                        + " for what is copied out; the limit copyOut raises it",
                null);
    }
}
