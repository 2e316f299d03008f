package org.junitsandbox.internal.protocol;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Takes everything that a container sends: output goes to the running command or, where it is no command's, is kept
 * apart, and what the supervisor reports is kept until it is asked for.
 */
final class SupervisorReplies implements StreamSink {

    /** How much of each stream is kept that is no command's, in bytes. */
    private static final long MAX_STRAY_BYTES = 64 * 1024;

    private final MarkerScanner stdout;
    private final MarkerScanner stderr;
    private final LastAnswer pong = new LastAnswer();
    private final LastAnswer killed = new LastAnswer();
    private OutputBuffer strayStdout = new OutputBuffer(MAX_STRAY_BYTES);
    private OutputBuffer strayStderr = new OutputBuffer(MAX_STRAY_BYTES);
    private @Nullable PendingReply pending;
    private boolean shellEnded;
    private long renewals;
    private long dataAnswers;
    private int dataStatus;
    private long receivedBytes;
    private long outOfMemoryAnswers;
    private long outOfMemoryKills;
    private String limitsFound = "";
    private final CounterAnswers counters = new CounterAnswers();
    private SupervisorMessage.@Nullable Malformed malformed;
    private long lastReceived = System.nanoTime();

    SupervisorReplies(String nonce) {
        MarkerScanner.Sink sink = new Scanned();
        stdout = new MarkerScanner(StandardStream.STDOUT, nonce, sink);
        stderr = new MarkerScanner(StandardStream.STDERR, nonce, sink);
    }

    @Override
    public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
        lastReceived = System.nanoTime();
        receivedBytes += length;
        (stream == StandardStream.STDOUT ? stdout : stderr).scan(bytes, offset, length);
    }

    /** Sets the command whose output and end are expected. Without such a command, output is stray. */
    void expect(@Nullable PendingReply reply) {
        if (reply != null) {
            stdout.forgetOpening();
            stderr.forgetOpening();
        }
        pending = reply;
    }

    /** Returns the command whose output and end are expected. */
    @Nullable PendingReply pending() {
        return pending;
    }

    /** Returns what has come on a stream so far that is no command's output. */
    CapturedOutput strayOutput(StandardStream stream) {
        return (stream == StandardStream.STDOUT ? strayStdout : strayStderr).toCaptured();
    }

    /** Drops what has come that is no command's output: it is of a time before the session. */
    void forgetStrayOutput() {
        strayStdout = new OutputBuffer(MAX_STRAY_BYTES);
        strayStderr = new OutputBuffer(MAX_STRAY_BYTES);
    }

    /** Returns the number of bytes that have come on both streams. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** Returns when something last came, in terms of {@link System#nanoTime}. */
    long lastReceived() {
        return lastReceived;
    }

    /** Whether the ping with this id was answered. */
    boolean hasPong(long id) {
        return pong.covers(id);
    }

    boolean hasKilled(long id) {
        return killed.covers(id);
    }

    /** Whether the worker shell has ended since {@link #shellStarted}. */
    boolean hasShellEnded() {
        return shellEnded;
    }

    void shellStarted() {
        shellEnded = false;
    }

    /** Returns how often a command got a new worker because the one before was found dead. */
    long renewals() {
        return renewals;
    }

    /** Returns how often data was read, stored or not. */
    long dataAnswers() {
        return dataAnswers;
    }

    /** Returns the status of the last answer to data: 0 if it was stored. */
    int dataStatus() {
        return dataStatus;
    }

    /** Returns how often the processes killed by the memory limit were counted. */
    long outOfMemoryAnswers() {
        return outOfMemoryAnswers;
    }

    /** Returns the processes killed by the memory limit when they were last counted. */
    long outOfMemoryKills() {
        return outOfMemoryKills;
    }

    /** Sets how many processes the memory limit had killed before this session. */
    void startCountingKillsAt(long kills) {
        outOfMemoryKills = kills;
    }

    /** Returns what the supervisor has found of the container's limits; empty if it has not reported that. */
    String limitsFound() {
        return limitsFound;
    }

    /** Returns the answers to requests for the kernel's counters. */
    CounterAnswers counters() {
        return counters;
    }

    /** Returns the last message outside the protocol, or null. */
    SupervisorMessage.@Nullable Malformed malformed() {
        return malformed;
    }

    private void handle(StandardStream stream, SupervisorMessage message) {
        if (message instanceof SupervisorMessage.CommandBegan began) {
            if (pending != null && pending.id() == began.id()) {
                pending.commandBegan(began.worker());
            }
        } else if (message instanceof SupervisorMessage.StderrBegan began) {
            if (pending != null && pending.id() == began.id()) {
                pending.stderrBegan();
            }
        } else if (message instanceof SupervisorMessage.CommandEnded ended) {
            if (pending != null && pending.id() == ended.id()) {
                pending.commandEnded(ended.status());
            }
        } else if (message instanceof SupervisorMessage.DirectoryReported reported) {
            if (pending != null && pending.id() == reported.id()) {
                pending.commandEndedIn(reported.directory());
            }
        } else if (message instanceof SupervisorMessage.ShellExited exited) {
            shellEnded(OptionalInt.of(exited.status()));
        } else if (message instanceof SupervisorMessage.ShellGone gone) {
            shellGone(gone.pingId());
        } else if (message instanceof SupervisorMessage.ShellRenewed) {
            shellRenewed();
        } else if (message instanceof SupervisorMessage.LimitsFound found) {
            limitsFound = found.text();
        } else if (message instanceof SupervisorMessage.Pong answer) {
            pong.note(stream, answer.id());
        } else if (message instanceof SupervisorMessage.Killed answer) {
            killed.note(stream, answer.id());
        } else if (message instanceof SupervisorMessage.DataStored answer) {
            dataStatus = answer.status();
            dataAnswers++;
        } else if (message instanceof SupervisorMessage.OutOfMemoryKills answer) {
            outOfMemoryKills = answer.count();
            outOfMemoryAnswers++;
        } else if (message instanceof SupervisorMessage.CountersRead read) {
            counters.note(read);
        } else if (message instanceof SupervisorMessage.Malformed text) {
            malformed = text;
        } else {
            throw new IllegalStateException("No use is known for " + message);
        }
    }

    private void shellEnded(OptionalInt status) {
        shellEnded = true;
        if (pending != null) {
            pending.shellEnded(status);
        }
    }

    private void shellGone(long pingId) {
        if (pending != null && pingId < pending.id()) {
            shellRenewed();
        } else {
            shellEnded(OptionalInt.empty());
        }
    }

    /** The worker that ended, reported or not, was an earlier one: the running command has another. */
    private void shellRenewed() {
        shellEnded = false;
        renewals++;
        if (pending != null) {
            pending.shellRenewed();
        }
    }

    private final class Scanned implements MarkerScanner.Sink {
        @Override
        public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
            if (pending == null || !pending.take(stream, bytes, offset, length)) {
                (stream == StandardStream.STDOUT ? strayStdout : strayStderr).append(bytes, offset, length);
            }
        }

        @Override
        public void message(StandardStream stream, String text) {
            handle(stream, SupervisorMessage.parse(stream, text));
        }
    }

    /** The last id that was answered on each stream. */
    private static final class LastAnswer {
        private long onStdout = -1;
        private long onStderr = -1;

        void note(StandardStream stream, long id) {
            if (stream == StandardStream.STDOUT) {
                onStdout = id;
            } else {
                onStderr = id;
            }
        }

        boolean covers(long id) {
            return onStdout >= id && onStderr >= id;
        }
    }
}
