package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.ResourceLimits;

/** Runs a user's command in a session. */
final class CommandRun {

    private CommandRun() {}

    static CommandResult run(Session session, Activity activity, Command command) {
        ResourceLimits limits = session.spec().limits();
        Duration timeLimit = command.timeLimitOr(limits.commandTime());
        long outputLimit = command.outputLimitOr(limits.outputBytes());
        String directory = command.directory();
        if (directory != null) {
            checkDirectory(session, directory);
        }
        String shellRestart = session.shellRestart();
        Reply reply = session.ask(
                activity,
                CommandRequest.ofUser(command.source(), timeLimit, outputLimit)
                        .withInput(read(command.stdin(), limits.inputBytes()))
                        .withListener(sink(command.listener())));
        Outcome outcome = outcome(reply, timeLimit, outputLimit, limits.memoryBytes());
        if (reply.ending() != Reply.Ending.COMMAND_ENDED) {
            session.shellRestarts(activity.object() + " " + outcome);
        }
        return new CommandResult(
                command,
                outcome,
                new Output(reply.stdout()),
                new Output(reply.stderr()),
                reply.duration(),
                directory == null ? reply.directory() : directory,
                limits,
                shellRestart);
    }

    /** A missing directory is the caller's mistake, and the exit code of {@code cd} would not be the command's. */
    private static void checkDirectory(Session session, String directory) {
        OwnCommands.Result result = new OwnCommands(session, Activity.entering(directory))
                .run("(\\command cd -- " + ShellWord.quote(directory) + ")");
        if (result.status() != 0) {
            throw new IllegalArgumentException("The command's directory cannot be used: " + result.stderr());
        }
    }

    private static byte @Nullable [] read(@Nullable Stdin stdin, long limit) {
        if (stdin == null) {
            return null;
        }
        try {
            long size = stdin.sizeBytes();
            if (size > limit) {
                throw new IllegalArgumentException(
                        "The stdin of " + size + " bytes is larger than the limit of " + Units.describe(limit)
                                + ". Raise the input limit, or copy the data in as a file and redirect from that.");
            }
            return stdin.read();
        } catch (NoSuchFileException e) {
            throw new TransferException("The file for stdin does not exist: " + Excerpt.line(e.getFile()), e);
        } catch (IOException e) {
            throw new TransferException("The file for stdin cannot be read: " + Excerpt.line(e.toString()), e);
        }
    }

    private static @Nullable StreamSink sink(@Nullable OutputListener listener) {
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
