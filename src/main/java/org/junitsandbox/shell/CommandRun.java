package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.spec.UsageReading;

/** Runs a user's command in a session. */
final class CommandRun {

    private CommandRun() {}

    /**
     * @param record takes all output as it comes, before the command's listener
     */
    static CommandResult run(
            SessionTurns turns, Session session, Activity activity, Command command, StreamSink record) {
        ResourceLimits limits = session.spec().limits();
        Duration timeLimit = command.timeLimitOr(limits.commandTime());
        long outputLimit = command.outputLimitOr(limits.outputBytes());
        RecordedListener listener = new RecordedListener(record, command.listener());
        String shellRestart = session.shellRestart();
        boolean apart = session.spec().usage() == UsageReading.EACH_COMMAND;
        if (apart && !session.usage().window().activities().isEmpty()) {
            session.readCounters(activity);
        }
        UsageWindow window = session.usage().window();
        Reply reply = session.ask(
                activity,
                CommandRequest.ofUser(command.text(), timeLimit, outputLimit)
                        .withSetup(command.setup())
                        .withEndAtOutputLimit(command.endsAtOutputLimit())
                        .withInput(read(command.stdin(), limits.inputBytes()))
                        .withListener(listener));
        if (apart) {
            readAfter(session, activity, window);
        }
        if (reply.start().inNewShell()) {
            shellRestart = "the one before it ended between two commands, by a signal or a background process";
            session.shellRestarts(shellRestart);
        }
        String directory = command.directory();
        Output stderr = new Output(reply.stderr());
        // A missing directory is the caller's mistake, and the exit code of "cd" would not be the command's.
        if (directory != null && !reply.begun() && stderr.totalBytes() > 0) {
            String message = "The command's directory cannot be used: " + Excerpt.line(stderr.text().strip());
            throw new IllegalArgumentException(turns.masked(message));
        }
        Outcome outcome = outcome(reply, timeLimit, outputLimit, session.spec());
        if (reply.ending() != Reply.Ending.COMMAND_ENDED) {
            session.shellRestarts(activity.object() + " " + outcome);
        }
        listener.finish();
        return new CommandResult(
                command,
                outcome,
                new Output(reply.stdout()),
                stderr,
                reply.duration(),
                directory == null ? reply.directory() : SandboxPath.enter(reply.directory(), directory),
                limits,
                shellRestart,
                new UsageReader(turns).of(session, window),
                turns.recorder()::masked);
    }

    /** The command has ended, whatever becomes of its sandbox now. */
    private static void readAfter(Session session, Activity activity, UsageWindow window) {
        try {
            session.readCounters(activity);
        } catch (SandboxLostException e) {
            window.endUnread("the sandbox was lost before its counters were read: " + e.getMessage());
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

    private static Outcome outcome(Reply reply, Duration timeLimit, long outputLimit, SandboxSpec spec) {
        OptionalInt status = reply.status();
        if (reply.ending() == Reply.Ending.TIMED_OUT) {
            return new Outcome.TimedOut(timeLimit);
        }
        if (reply.ending() == Reply.Ending.OUTPUT_EXCEEDED) {
            return new Outcome.OutputExceeded(outputLimit);
        }
        if (!reply.begun()) {
            return new Outcome.NotStarted(reasonNotToStart(reply, spec));
        }
        if (reply.outOfMemory()) {
            return new Outcome.OutOfMemory(spec.limits().memoryBytes());
        }
        if (reply.ending() == Reply.Ending.SHELL_ENDED) {
            return new Outcome.ShellExited(status);
        }
        return reply.stdout().truncated() || reply.stderr().truncated()
                ? new Outcome.OutputLimited(outputLimit, status.orElseThrow())
                : new Outcome.Exited(status.orElseThrow());
    }

    private static String reasonNotToStart(Reply reply, SandboxSpec spec) {
        if (reply.ending() == Reply.Ending.COMMAND_ENDED) {
            return "its environment or its directory could not be set";
        }
        return (spec.init().isEmpty() ? "" : "the text that its shell starts with (init) failed, see stderr; or ")
                + "its shell had no room to start it, or ended first. Limits that an earlier command set (ulimit), the"
                + " limits of the sandbox, and signals of background processes do that. The next command gets a new"
                + " shell";
    }
}
