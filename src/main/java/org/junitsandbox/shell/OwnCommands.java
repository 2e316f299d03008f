package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.ResourceLimits;

/**
 * Runs the library's own commands in a session: in the shell's directory, but beside the shell, so that none of its
 * functions, aliases, traps, options and limits reaches them.
 */
final class OwnCommands {

    /** For one command, which copies one block or looks at one file. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(5);

    /** Enough of each stream for an error message, and for a path. */
    private static final int MAX_OUTPUT_BYTES = 8 * 1024;

    /** What a lost sandbox had written is reported for users' commands only. */
    private static final int NOTHING_KEPT = 0;

    /** Enough for what a program reports on many files. */
    private static final int MAX_WARNING_BYTES = 256 * 1024;

    /** The supervisor's reason comes after it. */
    private static final String NOT_BEGUN = "sandbox: ";

    private final Session session;
    private final Activity activity;

    /**
     * How a command of the library's own ended.
     *
     * @param status its exit code
     * @param stdout the beginning of its stdout, as {@link ByteText}
     * @param errors the beginning of its stderr
     * @param directory where it ran
     */
    record Result(int status, String stdout, String errors, String directory) {

        /** Returns the beginning of its stderr as one line that is fit for a message. */
        String stderr() {
            return Printable.joinLines(errors.strip());
        }

        /** Names a file for a message, with the directory that a relative path starts from. */
        String locate(String path) {
            String place = path.startsWith("/") ? "" : "'s directory " + Excerpt.line(directory);
            return Excerpt.line(path) + " in the sandbox" + place;
        }
    }

    /**
     * @param activity what the commands are for
     */
    OwnCommands(Session session, Activity activity) {
        this.session = session;
        this.activity = activity;
    }

    /** The limits of the sandbox. */
    ResourceLimits limits() {
        return session.spec().limits();
    }

    /** What is known of the sandbox's files. */
    KnownFiles knownFiles() {
        return session.knownFiles();
    }

    /** Runs shell source text. */
    Result run(String text) {
        return run(request(text));
    }

    /** Runs shell source text, with stdin and with that of the next command if it is known. */
    Result run(String text, byte[] stdin, byte @Nullable [] nextStdin) {
        return run(request(text).withInput(stdin).withNextInput(nextStdin));
    }

    /** Runs shell source text and writes its stdout to a stream. */
    Result run(String text, BoundedOutput target) {
        return run(CommandRequest.ofLibrary(text, TIME_LIMIT, NOTHING_KEPT), target);
    }

    /**
     * Runs shell source text and returns its stdout alone, whatever background processes write meanwhile. It may write
     * no more than {@link SmallAnswer#MAX_BYTES}.
     */
    Result runApart(String text) {
        SmallAnswer answer = new SmallAnswer();
        Result result = run(answer.script(text), new BoundedOutput(answer, Long.MAX_VALUE));
        OptionalInt status = answer.status();
        if (status.isEmpty()) {
            throw notWhole("od", result);
        }
        return new Result(status.getAsInt(), answer.content(), result.errors(), result.directory());
    }

    /**
     * Runs shell source text and writes its stdout to a stream.
     *
     * @throws TransferException if background processes write to stdout meanwhile
     */
    Result runCounted(String text, BoundedOutput target) {
        CountedAnswer answer = new CountedAnswer(target);
        return counted(CommandRequest.ofLibrary(answer.script(text), TIME_LIMIT, NOTHING_KEPT), answer);
    }

    /** Does as {@link #runCounted} in the root directory, with stdin. */
    Result runCountedAtRoot(String text, BoundedOutput target, byte[] stdin) {
        CountedAnswer answer = new CountedAnswer(target);
        return counted(
                CommandRequest.ofLibraryAtRoot(answer.script(text), TIME_LIMIT, NOTHING_KEPT)
                        .withInput(stdin),
                answer);
    }

    private Result counted(CommandRequest command, CountedAnswer answer) {
        Result result = run(command, new BoundedOutput(answer, Long.MAX_VALUE));
        if (!answer.isWhole()) {
            throw notWhole("tee or wc", result);
        }
        if (!answer.isPure()) {
            throw new TransferException(
                    "Could not " + activity + ": background processes wrote to stdout meanwhile, amid the answer."
                            + " End them before, or redirect their output; processes() lists them",
                    null);
        }
        return new Result(answer.status(), "", result.errors(), result.directory());
    }

    private TransferException notWhole(String programs, Result result) {
        return new TransferException(
                "Could not " + activity + ": the answer is not whole. Commands may have reached the limit of processes"
                        + " or memory, or the image has no " + programs + ". Its stderr: " + result.stderr(),
                null);
    }

    /** Runs shell source text in the root directory and writes its stdout to a stream. */
    Result runAtRoot(String text, BoundedOutput target) {
        return run(CommandRequest.ofLibraryAtRoot(text, TIME_LIMIT, NOTHING_KEPT), target);
    }

    private Result run(CommandRequest command, BoundedOutput target) {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        CommandRequest request = command.withListener((stream, bytes, offset, length) -> {
            if (stream == StandardStream.STDOUT) {
                target.write(bytes, offset, length);
            } else {
                stderr.write(bytes, offset, Math.min(length, MAX_WARNING_BYTES - stderr.size()));
            }
        });
        Reply reply = session.ask(activity, request);
        String errors = stderr.toString(StandardCharsets.UTF_8);
        checkEnd(reply, errors);
        return new Result(status(reply), "", errors, reply.directory());
    }

    private static CommandRequest request(String text) {
        return CommandRequest.ofLibrary(text, TIME_LIMIT, MAX_OUTPUT_BYTES);
    }

    private Result run(CommandRequest request) {
        Reply reply = session.ask(activity, request);
        checkEnd(reply, new Output(reply.stderr()).text());
        return new Result(
                status(reply),
                ByteText.decode(reply.stdout().bytes()),
                ByteText.decode(reply.stderr().bytes()),
                reply.directory());
    }

    private void checkEnd(Reply reply, String errors) {
        if (reply.ending() == Reply.Ending.TIMED_OUT) {
            throw new TransferException(
                    "Could not " + activity + ": it did not finish within " + Units.describe(TIME_LIMIT)
                            + "; all processes were killed",
                    null);
        }
        if (!reply.begun()) {
            String reason = Printable.joinLines(errors.strip());
            throw new TransferException(
                    "Could not " + activity + ": "
                            + (reason.startsWith(NOT_BEGUN)
                                    ? reason.substring(NOT_BEGUN.length())
                                    : "no process could be started for it; earlier ones may have reached the limit"),
                    null);
        }
    }

    private static int status(Reply reply) {
        return reply.status().orElseThrow();
    }
}
