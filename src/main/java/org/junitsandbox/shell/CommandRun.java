package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.ResourceLimits;

/** One user's command on its way through a session. */
final class CommandRun {

    private CommandRun() {}

    static CommandResult run(Session session, Command command) {
        ResourceLimits limits = session.spec().limits();
        Duration timeLimit = command.timeLimitOr(limits.commandTime());
        long outputLimit = command.outputLimitOr(limits.outputBytes());
        String directory = command.directory();
        if (directory != null) {
            checkDirectory(session, directory);
        }
        Reply reply = session.ask(
                "run `" + command + "`",
                CommandRequest.ofUser(command.source(), timeLimit, outputLimit)
                        .withInput(input(command.input(), limits.inputBytes()))
                        .withListener(listener(command.listener())));
        return new CommandResult(
                command,
                outcome(reply, timeLimit, outputLimit, limits.memoryBytes()),
                new Output(reply.stdout()),
                new Output(reply.stderr()),
                reply.duration(),
                directory == null ? reply.directory() : directory,
                limits);
    }

    /** A directory that is not there is the caller's mistake, and its exit code would not be the command's. */
    private static void checkDirectory(Session session, String directory) {
        Reply reply = session.askOwn("cd to " + directory, "(\\command cd -- " + ShellWord.quote(directory) + ")");
        if (reply.status().orElse(1) != 0) {
            throw new IllegalArgumentException("The command's directory cannot be used: "
                    + new Output(reply.stderr()).text().strip());
        }
    }

    private static byte @Nullable [] input(Command.@Nullable Input input, long limit) {
        if (input == null) {
            return null;
        }
        long size = input instanceof Command.File file ? size(file.path()) : ((Command.Bytes) input).bytes().length;
        if (size > limit) {
            throw new IllegalArgumentException(
                    "The stdin of " + size + " bytes is larger than the limit of " + Units.describe(limit)
                            + ". Raise the input limit, or copy the data in as a file and redirect from that.");
        }
        try {
            return input instanceof Command.File file
                    ? Files.readAllBytes(file.path())
                    : ((Command.Bytes) input).bytes();
        } catch (IOException e) {
            throw new TransferException("The file for stdin cannot be read: " + e, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new TransferException("The file for stdin is not there: " + file, e);
        }
    }

    private static @Nullable StreamSink listener(@Nullable OutputListener listener) {
        if (listener == null) {
            return null;
        }
        return (stream, bytes, offset, length) -> listener.output(
                StandardStream.valueOf(stream.name()), Arrays.copyOfRange(bytes, offset, offset + length));
    }

    private static Outcome outcome(Reply reply, Duration timeLimit, long outputLimit, long memoryLimit) {
        OptionalInt status = reply.status();
        if (reply.ending() == Reply.Ending.TIMED_OUT) {
            return new Outcome.TimedOut(timeLimit);
        }
        if (reply.outOfMemory()) {
            return new Outcome.OutOfMemory(memoryLimit);
        }
        if (reply.ending() == Reply.Ending.SHELL_ENDED) {
            return new Outcome.ShellExited(status);
        }
        return reply.stdout().truncated() || reply.stderr().truncated()
                ? new Outcome.OutputLimited(outputLimit, status.orElseThrow())
                : new Outcome.Exited(status.orElseThrow());
    }
}
