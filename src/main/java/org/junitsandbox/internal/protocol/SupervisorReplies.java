package org.junitsandbox.internal.protocol;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StandardStream;

/** What the container has said so far, beside the output of commands. */
final class SupervisorReplies {

    /** The last id that was answered on each stream. */
    private static final class Answered {
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

    private final MarkerScanner stdout;
    private final MarkerScanner stderr;
    private final Answered pong = new Answered();
    private final Answered killed = new Answered();
    private @Nullable PendingReply current;
    private boolean workerEnded;
    private long renewals;
    private long dataAnswers;
    private int dataStatus;
    private long byteCount;
    private long oomAnswers;
    private long oomKills;
    private String found = "";
    private @Nullable String malformed;
    private long lastTime = System.nanoTime();

    SupervisorReplies(String nonce) {
        stdout = new MarkerScanner(nonce, new OneStream(StandardStream.STDOUT));
        stderr = new MarkerScanner(nonce, new OneStream(StandardStream.STDERR));
    }

    void take(StandardStream stream, byte[] bytes, int offset, int length) {
        lastTime = System.nanoTime();
        byteCount += length;
        (stream == StandardStream.STDOUT ? stdout : stderr).scan(bytes, offset, length);
    }

    /** How many bytes have come on both streams. */
    long bytes() {
        return byteCount;
    }

    /** The command whose output and end are expected; output while there is none is nobody's. */
    void expect(@Nullable PendingReply exchange) {
        if (exchange != null) {
            stdout.forgetOpening();
            stderr.forgetOpening();
        }
        current = exchange;
    }

    @Nullable PendingReply current() {
        return current;
    }

    boolean pong(long id) {
        return pong.covers(id);
    }

    boolean killed(long id) {
        return killed.covers(id);
    }

    /** Whether the worker shell has ended since {@link #workerStarted}. */
    boolean workerEnded() {
        return workerEnded;
    }

    void workerStarted() {
        workerEnded = false;
    }

    /** How often a command got a new worker because the one before was found dead. */
    long renewals() {
        return renewals;
    }

    /** How often data was taken in, or was not. */
    long dataAnswers() {
        return dataAnswers;
    }

    /** The status of the last answer to data: 0 if it fitted. */
    int dataStatus() {
        return dataStatus;
    }

    long oomAnswers() {
        return oomAnswers;
    }

    long oomKills() {
        return oomKills;
    }

    /** What the supervisor has found of the container's limits. */
    String found() {
        return found;
    }

    /** An answer outside the rules, or null. */
    @Nullable String malformed() {
        return malformed;
    }

    /** When something last came, in terms of {@link System#nanoTime}. */
    long lastTime() {
        return lastTime;
    }

    private void answer(StandardStream stream, String answer) {
        String verb = answer.substring(0, Math.max(answer.indexOf(' '), 0));
        String detail = answer.substring(verb.isEmpty() ? 0 : verb.length() + 1);
        switch (verb.isEmpty() ? answer : verb) {
            case "end" -> commandEnded(stream, detail);
            case "exit" -> workerEnded(OptionalInt.of(Integer.parseInt(detail)));
            case "gone" -> workerGone(Long.parseLong(detail));
            case "renewed" -> workerRenewed();
            case "found" -> found = detail;
            case "pong" -> pong.note(stream, Long.parseLong(detail));
            case "killed" -> killed.note(stream, Long.parseLong(detail));
            case "data" -> {
                dataStatus = Integer.parseInt(detail);
                dataAnswers++;
            }
            case "oom" -> {
                oomKills = Long.parseLong(detail);
                oomAnswers++;
            }
            default -> throw new NumberFormatException("no such answer");
        }
    }

    private void commandEnded(StandardStream stream, String detail) {
        String[] idAndRest = detail.split(" ", 2);
        if (current == null || current.id != Long.parseLong(idAndRest[0])) {
            return;
        }
        if (stream == StandardStream.STDOUT) {
            current.commandEnded(Integer.parseInt(idAndRest[1]));
        } else {
            current.commandEndedIn(idAndRest[1]);
        }
    }

    private void workerEnded(OptionalInt status) {
        workerEnded = true;
        if (current != null) {
            current.shellEnded(status);
        }
    }

    private void workerGone(long ping) {
        if (current != null && ping < current.id) {
            workerRenewed();
        } else {
            workerEnded(OptionalInt.empty());
        }
    }

    /**
     * The end of the worker that was said, or will not be, was that of an earlier one: the current command has another.
     */
    private void workerRenewed() {
        workerEnded = false;
        renewals++;
        if (current != null) {
            current.restart();
        }
    }

    private final class OneStream implements MarkerScanner.Sink {

        private final StandardStream stream;

        OneStream(StandardStream stream) {
            this.stream = stream;
        }

        @Override
        public void output(byte[] bytes, int offset, int length) {
            if (current != null) {
                current.output(stream, bytes, offset, length);
            }
        }

        @Override
        public void answer(String answer) {
            try {
                SupervisorReplies.this.answer(stream, answer);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                malformed = answer;
            }
        }
    }
}
