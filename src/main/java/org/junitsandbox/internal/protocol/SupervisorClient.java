package org.junitsandbox.internal.protocol;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.stream.StreamConnection;

/**
 * The dialogue with one supervisor: one request after the other, each with its reply. The thread that asks also reads
 * the answer. Not safe for use by several threads at a time.
 *
 * <p>What the container says between two requests is that of background processes; it is dropped when the next request
 * is made.
 */
public final class SupervisorClient {

    /** A command that runs for longer is asked after: its shell may have been killed without a word. */
    private static final long FIRST_PING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PING_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Only a command that takes this long can fill memory up to a limit; after it the kills are counted anew. */
    private static final long OOM_COUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int KILLED_STATUS = 128 + 9;

    private final String home;
    private final String nonce = randomName();
    private final String storeName = randomName();

    private final SupervisorReplies heard = new SupervisorReplies(nonce);
    private final SupervisorChannel line;
    private final InputStore data;
    private String foundLimits = "";
    private long lastId;
    private long oomQuestions;
    private int lastStatus;
    private String directory;

    /**
     * @param home the directory in which a worker shell starts
     */
    public SupervisorClient(StreamConnection connection, String home) {
        this.line = new SupervisorChannel(connection, heard);
        this.data = new InputStore(line, heard, storeName);
        this.home = home;
        this.directory = home;
    }

    private static String randomName() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Waits until the supervisor is ready. If it does not get so, what the container wrote is in the exception.
     *
     * @param limit how long it may take
     */
    public void open(Duration limit) throws SupervisorException {
        heard.expect(new PendingReply(0, Integer.MAX_VALUE, null));
        try {
            line.send(nonce + " " + storeName + "\nping 0");
            line.awaitAnswer(() -> heard.pong(0), limit, "its shell was not ready");
            // What is said later could be a command's own.
            foundLimits = heard.found();
        } finally {
            heard.expect(null);
        }
    }

    /**
     * Returns what the supervisor found of the container's limits and isolation before any command ran; empty before
     * {@link #open}.
     */
    public String foundLimits() {
        return foundLimits;
    }

    /**
     * Checks between two requests that the supervisor answers.
     *
     * @param limit how long it may take
     */
    public void check(Duration limit) throws SupervisorException {
        long id = ++lastId;
        line.send("ping " + id);
        line.awaitAnswer(() -> heard.pong(id), limit, "it did not answer");
    }

    /**
     * Runs a command in the worker shell and waits for its end.
     *
     * <p>What the request's listener throws is thrown after the command's end.
     */
    public Reply run(Request request) throws SupervisorException {
        try {
            line.dropStrayOutput();
            return converse(request);
        } finally {
            heard.expect(null);
        }
    }

    private Reply converse(Request request) throws SupervisorException {
        line.checkAlive();
        String slot = data.input(request.input());
        String word = data.word(request.text());
        if (heard.workerEnded()) {
            line.send("ping " + ++lastId);
            heard.workerStarted();
            forgetShell();
        }
        // After that ping, by its number, too: what the ping finds gone is not this command's shell.
        PendingReply exchange = new PendingReply(++lastId, request.outputLimit(), request.listener());
        long renewalsBefore = heard.renewals();
        String startDirectory = directory;
        long start = System.nanoTime();
        heard.expect(exchange);
        long lines = InputStore.lines(word);
        line.send("run " + exchange.id + " " + (request.own() ? "-" : lastStatus) + " " + slot + " " + lines
                + (lines == 1 ? " " : "\n") + word);
        boolean ended;
        try {
            data.sendAhead(request.nextInput(), slot);
            ended = awaitEnd(exchange, start, TimeUnit.NANOSECONDS.convert(request.timeLimit()));
        } finally {
            if (!line.hasFailed()) {
                data.drop();
            }
        }
        long nanos = System.nanoTime() - start;
        if (heard.renewals() > renewalsBefore) {
            startDirectory = home;
        }
        if (!ended || exchange.hasShellEnded()) {
            forgetShell();
        } else if (!request.own()) {
            lastStatus = exchange.status().orElse(0);
            directory = exchange.directory();
        }
        boolean outOfMemory = ended && killedForMemory(exchange.status(), nanos);
        exchange.throwListenerFailure();
        return new Reply(
                !ended ? Ending.TIMED_OUT : exchange.hasShellEnded() ? Ending.SHELL_ENDED : Ending.COMMAND_ENDED,
                ended ? exchange.status() : OptionalInt.empty(),
                outOfMemory,
                exchange.stdout(),
                exchange.stderr(),
                Duration.ofNanos(nanos),
                startDirectory);
    }

    /** Waits for the end of a command. Returns false when the time limit came first and everything was killed. */
    private boolean awaitEnd(PendingReply exchange, long start, long limitNanos) throws SupervisorException {
        long nextPing = System.nanoTime() + FIRST_PING_NANOS;
        long lastPing = -1;
        long lastPingTime = 0;
        boolean probed = false;
        while (!exchange.hasEnded()) {
            line.checkAlive();
            long now = System.nanoTime();
            if (exchange.hasShellEnded() && probed && heard.pong(lastPing)) {
                heard.workerStarted();
                return true;
            }
            if (now - start >= limitNanos) {
                kill();
                return false;
            }
            if (!exchange.hasShellEnded()) {
                probed = false;
            } else if (!probed) {
                // Its answer comes after all that the command wrote, on either stream.
                probed = true;
                nextPing = now;
            }
            if (now - nextPing >= 0) {
                if (lastPing < 0 || heard.pong(lastPing) || probed) {
                    lastPing = ++lastId;
                    lastPingTime = now;
                    line.send("ping " + lastPing);
                }
                nextPing = now + PING_INTERVAL_NANOS;
            }
            if (lastPing >= 0
                    && !heard.pong(lastPing)
                    && now - lastPingTime > SupervisorChannel.SILENCE_LIMIT.toNanos()
                    && now - heard.lastTime() > SupervisorChannel.SILENCE_LIMIT.toNanos()) {
                throw line.fail(
                        Reason.SILENT, "nothing was heard from it for " + SupervisorChannel.SILENCE_LIMIT.toSeconds() + " s", null);
            }
            line.receive(Math.min(limitNanos - (now - start), nextPing - now));
            if (!exchange.hasEnded() && Thread.interrupted()) {
                kill();
                throw line.exception(Reason.INTERRUPTED, "the waiting thread was interrupted", null);
            }
        }
        return true;
    }

    private void kill() throws SupervisorException {
        long id = ++lastId;
        line.send("kill " + id);
        line.awaitAnswer(() -> heard.killed(id), SupervisorChannel.SILENCE_LIMIT, "its processes could not be killed");
        heard.workerStarted();
        forgetShell();
    }

    /** The next command runs in a new shell. */
    private void forgetShell() {
        lastStatus = 0;
        directory = home;
    }

    /** Tells whether a command that ended with {@code status} did so because the memory limit killed it. */
    private boolean killedForMemory(OptionalInt status, long nanos) throws SupervisorException {
        boolean suspect = status.isPresent() && status.getAsInt() == KILLED_STATUS;
        if (!suspect && nanos < OOM_COUNT_NANOS) {
            return false;
        }
        // Answers come in order: one that is not awaited now is in before the next command has ended.
        long killsBefore = heard.oomKills();
        long question = ++oomQuestions;
        line.send("oom");
        if (suspect) {
            line.awaitAnswer(
                    () -> heard.oomAnswers() >= question, SupervisorChannel.SILENCE_LIMIT, "its memory was not accounted for");
        }
        return suspect && heard.oomKills() > killsBefore;
    }
}
