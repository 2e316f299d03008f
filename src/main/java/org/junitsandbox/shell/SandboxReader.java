package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;

/** Reads files of a sandbox by commands that write them to their stdout. What comes is not trusted. */
final class SandboxReader {

    /** That a file cannot be seen does not mean that it is not there: only two of all errors mean that. */
    private static final String LOOK =
            "own_text=$(" + StatLine.ENVIRONMENT + "\\command stat -c '" + StatLine.FORMAT + """
            ' NAME 2>&1)
            case $?:$own_text in
              (0:*)
                \\command printf '%s\\n' "$own_text" && { ! \\command test -h NAME || \\command readlink NAME; }
                ;;
              (1:*': No such file or directory' | 1:*': Not a directory') ;;
              (*)
                \\command printf '%s\\n' "$own_text" >&2
                \\command false
                ;;
            esac""";

    /** A link to itself leads nowhere; the C libraries name that error in two ways. */
    private static final String FOLLOW = """
            own_text=$(LC_ALL=C \\command stat -L NAME 2>&1)
            case $?:$own_text in
              (0:*) \\command readlink -f NAME ;;
              (1:*': No such file or directory' | 1:*': Not a directory') ;;
              (1:*': Too many levels of symbolic links' | 1:*': Symbolic link loop') ;;
              (*)
                \\command printf '%s\\n' "$own_text" >&2
                \\command false
                ;;
            esac""";

    private final OwnCommands commands;
    private final long limitBytes;

    SandboxReader(OwnCommands commands) {
        this.commands = commands;
        this.limitBytes = commands.limits().copyOutBytes();
    }

    /** Looks at a file; empty if nothing has that name. */
    Optional<FileStatus> status(String path) {
        String name = SandboxPath.quote(path);
        OwnCommands.Result result = commands.runApart(LOOK.replace("NAME", name));
        if (result.status() != 0) {
            throw new TransferException(
                    Excerpt.line(path) + " cannot be looked at in the sandbox: " + result.stderr(), null);
        }
        return result.stdout().isEmpty() ? Optional.empty() : Optional.of(parse(path, result.stdout()));
    }

    /**
     * Looks at a file that must be there.
     *
     * @throws TransferException if nothing has that name
     */
    FileStatus existing(String path) {
        return status(path)
                .orElseThrow(() -> new TransferException("There is no file " + locate(path) + " to copy out", null));
    }

    private String locate(String path) {
        return commands.run(":").locate(path);
    }

    private static FileStatus parse(String path, String printed) {
        int end = printed.indexOf('\n');
        if (end >= 0) {
            Optional<FileStatus> status = StatLine.parse(printed.substring(0, end)).map(StatLine::status);
            boolean isLink = status.isPresent() && status.get().type() == FileStatus.Type.SYMBOLIC_LINK;
            if (status.isPresent() && isLink == (end < printed.length() - 1)) {
                return isLink
                        ? status.get().withLinkTarget(printed.substring(end + 1, printed.length() - 1))
                        : status.get();
            }
        }
        throw new TransferException(
                Excerpt.line(path) + " cannot be looked at in the sandbox: its stat printed "
                        + Excerpt.quote(printed, 200),
                null);
    }

    /**
     * Returns the path without links of what a path leads to; empty if it leads nowhere.
     *
     * @throws TransferException if it cannot be found out
     */
    Optional<String> resolve(String path) {
        String name = SandboxPath.quote(path);
        OwnCommands.Result result = commands.runApart(FOLLOW.replace("NAME", name));
        if (result.status() != 0 || (!result.stdout().isEmpty() && !result.stdout().startsWith("/"))) {
            throw new TransferException(
                    "Where " + Excerpt.line(path) + " leads in the sandbox cannot be found out: " + result.stderr(),
                    null);
        }
        String found = result.stdout();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.substring(0, found.length() - 1));
    }

    /** Reads the beginning of a regular file, and no more of it. */
    byte[] readHead(String source, int maxBytes) {
        FileStatus status = existing(source);
        checkRegular(source, status.type());
        String text = "\\command head -c " + maxBytes + " <" + SandboxPath.quote(source);
        if (maxBytes <= SmallAnswer.MAX_BYTES) {
            OwnCommands.Result result = commands.runApart(text);
            checkRead(source, result);
            return ByteText.encode(result.stdout());
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        checkRead(source, commands.runCounted(text, new BoundedOutput(head, maxBytes)));
        return head.toByteArray();
    }

    /** Returns the SHA-256 of a regular file in hexadecimal, by a program of the sandbox. */
    String sha256(String source) {
        checkRegular(source, existing(source).type());
        OwnCommands.Result result = commands.runApart("\\command sha256sum <" + SandboxPath.quote(source));
        checkRead(source, result);
        if (!result.stdout().matches("[0-9a-f]{64}  -\n")) {
            throw new TransferException(
                    Excerpt.line(source) + " cannot be read in the sandbox: its sha256sum printed "
                            + Excerpt.quote(result.stdout(), 200),
                    null);
        }
        return result.stdout().substring(0, 64);
    }

    private static void checkRead(String source, OwnCommands.Result result) {
        if (result.status() != 0 || !result.errors().isEmpty()) {
            throw new TransferException(
                    Excerpt.line(source) + " cannot be read in the sandbox: " + result.stderr(), null);
        }
    }

    /**
     * Reads a regular file.
     *
     * @param status what the file was when looked at
     * @throws java.io.UncheckedIOException if {@code target} cannot be written
     */
    void readFile(String source, FileStatus status, OutputStream target) {
        checkRegular(source, status.type());
        if (status.sizeBytes() > limitBytes) {
            throw tooLarge(source);
        }
        checkRead(source, read(source, "\\command cat <" + SandboxPath.quote(source), target));
    }

    private static void checkRegular(String source, FileStatus.Type type) {
        switch (type) {
            case REGULAR_FILE -> {}
            case DIRECTORY -> throw new TransferException(
                    Excerpt.line(source) + " is a directory: copy it to a path", null);
            case SYMBOLIC_LINK -> throw new TransferException(
                    Excerpt.line(source)
                            + " is a symbolic link, which could lead anywhere: copy what it points to by its own name",
                    null);
            default -> throw new TransferException(
                    Excerpt.line(source) + " is a " + type + ", neither a file nor a directory: it is not copied out",
                    null);
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
