package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.ConversationException.Reason;
import org.junitsandbox.internal.protocol.Reply.Ending;

/**
 * The dialogue with one supervisor: one request after the other, each with its reply. The thread that asks also reads the answer.
 * Not safe for use by several threads at a time.
 *
 * <p>What the container says between two requests is that of background processes; it is dropped when the next request is made.
 */
public final class Conversation {

    /** How long the container may be silent while an answer is due. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

    private static final long SILENCE_NANOS = SILENCE_LIMIT.toNanos();

    /** A command that runs for longer is asked after: its shell may have been killed without a word. */
    private static final long FIRST_PING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long PING_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Only a command that takes this long can fill memory up to a limit; after it the kills are counted anew. */
    private static final long OOM_COUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A longer source text takes the way of bulk data, as the supervisor reads its requests byte by byte. */
    private static final int MAX_REQUEST_CHARS = 8 * 1024;

    private static final int MAX_REQUEST_LINES = 64;

    private static final int DATA_BLOCK_BYTES = 64 * 1024;

    /** Bulk data may take this long besides the silence limit, at the least speed accepted: 256 KiB a second. */
    private static final long DATA_BYTES_PER_SECOND = 256 * 1024;

    private static final int KILLED_STATUS = 128 + 9;

    /** How much output between two requests is dropped, in bytes; a process that writes for ever must not stop the next one. */
    private static final long MAX_STRAY_BYTES = 64L << 20;

    private final Connection connection;
    private final String home;
    private final String nonce = randomName();
    private final String storeName = randomName();

    private final Heard heard = new Heard(nonce);
    private String foundLimits = "";
    private @Nullable ConversationException failure;
    private long lastId;
    private long oomQuestions;
    /** Whether the container keeps bulk data that it no longer needs after the command. */
    private boolean stored;
    private int lastStatus;
    private String directory;

    /**
     * @param home the directory in which a worker shell starts
     */
    public Conversation(Connection connection, String home) {
        this.connection = connection;
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
    public void open(Duration limit) throws ConversationException {
        heard.expect(new Exchange(0, Integer.MAX_VALUE, null));
        try {
            send(nonce + " " + storeName + "\nping 0");
            awaitAnswer(() -> heard.pong(0), limit, "its shell was not ready");
            // What is said later could be a command's own.
            foundLimits = heard.found();
        } finally {
            heard.expect(null);
        }
    }

    /** Returns what the supervisor found of the container's limits and isolation before any command ran; empty before {@link #open}. */
    public String foundLimits() {
        return foundLimits;
    }

    /**
     * Checks between two requests that the supervisor answers.
     *
     * @param limit how long it may take
     */
    public void check(Duration limit) throws ConversationException {
        long id = ++lastId;
        send("ping " + id);
        awaitAnswer(() -> heard.pong(id), limit, "it did not answer");
    }

    /**
     * Runs a command in the worker shell and waits for its end.
     *
     * <p>What the request's listener throws is thrown after the command's end.
     */
    public Reply run(Request request) throws ConversationException {
        try {
            dropStrayOutput();
            return converse(request);
        } finally {
            heard.expect(null);
        }
    }

    private Reply converse(Request request) throws ConversationException {
        checkAlive();
        Exchange exchange = new Exchange(++lastId, request.outputLimit(), request.listener());
        String word = storeWord(request.text());
        byte[] input = request.input();
        if (input != null) {
            store("in", input);
        }
        if (heard.workerEnded()) {
            send("ping " + ++lastId);
            heard.workerStarted();
            forgetShell();
        }
        long renewalsBefore = heard.renewals();
        String startDirectory = directory;
        long start = System.nanoTime();
        heard.expect(exchange);
        long lines = lines(word);
        send("run " + exchange.id + " " + (request.own() ? "-" : lastStatus) + " " + (input == null ? 0 : 1) + " " + lines
                + (lines == 1 ? " " : "\n") + word);
        boolean ended;
        try {
            ended = awaitEnd(exchange, start, TimeUnit.NANOSECONDS.convert(request.timeLimit()));
        } finally {
            if (stored && failure == null) {
                send("drop");
                stored = false;
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
    private boolean awaitEnd(Exchange exchange, long start, long limitNanos) throws ConversationException {
        long nextPing = System.nanoTime() + FIRST_PING_NANOS;
        long lastPing = -1;
        long lastPingTime = 0;
        boolean probed = false;
        while (!exchange.hasEnded()) {
            checkAlive();
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
                    send("ping " + lastPing);
                }
                nextPing = now + PING_INTERVAL_NANOS;
            }
            if (lastPing >= 0 && !heard.pong(lastPing) && now - lastPingTime > SILENCE_NANOS && now - heard.lastTime() > SILENCE_NANOS) {
                throw fail(Reason.SILENT, "nothing was heard from it for " + SILENCE_LIMIT.toSeconds() + " s", null);
            }
            receive(Math.min(limitNanos - (now - start), nextPing - now));
            if (!exchange.hasEnded() && Thread.interrupted()) {
                kill();
                throw exception(Reason.INTERRUPTED, "the waiting thread was interrupted", null);
            }
        }
        return true;
    }

    private void kill() throws ConversationException {
        long id = ++lastId;
        send("kill " + id);
        awaitAnswer(() -> heard.killed(id), SILENCE_LIMIT, "its processes could not be killed");
        heard.workerStarted();
        forgetShell();
    }

    /** The next command runs in a new shell. */
    private void forgetShell() {
        lastStatus = 0;
        directory = home;
    }

    /** Returns {@code text} as one shell word, for a long text one that refers to where it is stored. */
    private String storeWord(String text) throws ConversationException {
        String word = ShellWord.quote(text);
        if (word.length() <= MAX_REQUEST_CHARS && lines(word) <= MAX_REQUEST_LINES) {
            return word;
        }
        store("text", text.getBytes(UTF_8));
        // The substitution drops the newlines at the end, which count in an unfinished heredoc.
        String lastNewlines = text.substring(text.length() - trailingNewlines(text));
        return "\"$(\\command -p cat /dev/shm/." + storeName + ".text)" + lastNewlines + "\"";
    }

    private void store(String slot, byte[] bytes) throws ConversationException {
        heard.expectData();
        stored = true;
        send("data " + slot + " " + bytes.length / DATA_BLOCK_BYTES + " " + bytes.length % DATA_BLOCK_BYTES);
        sendBytes(bytes);
        awaitAnswer(
                () -> heard.dataStatus().isPresent(),
                SILENCE_LIMIT.plusSeconds(bytes.length / DATA_BYTES_PER_SECOND),
                "its input of " + bytes.length + " bytes was not taken in");
        if (heard.dataStatus().getAsInt() != 0) {
            send("drop");
            stored = false;
            throw exception(
                    Reason.INPUT_NOT_STORED, bytes.length + " bytes do not fit into the container's /dev/shm", null);
        }
    }

    /** Tells whether a command that ended with {@code status} did so because the memory limit killed it. */
    private boolean killedForMemory(OptionalInt status, long nanos) throws ConversationException {
        boolean suspect = status.isPresent() && status.getAsInt() == KILLED_STATUS;
        if (!suspect && nanos < OOM_COUNT_NANOS) {
            return false;
        }
        // Answers come in order: one that is not awaited now is in before the next command has ended.
        long killsBefore = heard.oomKills();
        long question = ++oomQuestions;
        send("oom");
        if (suspect) {
            awaitAnswer(() -> heard.oomAnswers() >= question, SILENCE_LIMIT, "its memory was not accounted for");
        }
        return suspect && heard.oomKills() > killsBefore;
    }

    /** Waits for an answer that is due at once; an interrupt meanwhile is kept for later. */
    private void awaitAnswer(BooleanSupplier answered, Duration limit, String otherwise) throws ConversationException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (!answered.getAsBoolean()) {
                checkAlive();
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw fail(Reason.SILENT, otherwise + " within " + limit.toSeconds() + " s", null);
                }
                receive(left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void dropStrayOutput() throws ConversationException {
        long start = heard.bytes();
        long before;
        do {
            before = heard.bytes();
            receive(0);
        } while (heard.bytes() > before && before - start < MAX_STRAY_BYTES);
    }

    private void receive(long timeoutNanos) throws ConversationException {
        try {
            if (!connection.receive(timeoutNanos, heard::take)) {
                throw fail(Reason.DISCONNECTED, "the connection to the container ended", null);
            }
        } catch (IOException e) {
            throw fail(Reason.DISCONNECTED, "the connection to the container broke", e);
        }
    }

    private void checkAlive() throws ConversationException {
        if (failure == null && heard.malformed() != null) {
            throw fail(Reason.CONFUSED, "it gave an answer outside the rules: " + heard.malformed(), null);
        }
        if (failure != null) {
            // A new one each time, with the output of the command under way.
            throw exception(failure.reason(), String.valueOf(failure.getMessage()), failure.getCause());
        }
    }

    /** Ends the conversation for good. */
    private ConversationException fail(Reason reason, String message, @Nullable Throwable cause) {
        ConversationException exception = exception(reason, message, cause);
        failure = exception;
        return exception;
    }

    private ConversationException exception(Reason reason, String message, @Nullable Throwable cause) {
        Exchange exchange = heard.current();
        return new ConversationException(
                reason,
                message,
                cause,
                exchange == null ? Captured.NOTHING : exchange.stdout(),
                exchange == null ? Captured.NOTHING : exchange.stderr());
    }

    private void send(String request) throws ConversationException {
        sendBytes((request + "\n").getBytes(UTF_8));
    }

    private void sendBytes(byte[] bytes) throws ConversationException {
        try {
            connection.send(bytes);
        } catch (IOException e) {
            throw fail(Reason.DISCONNECTED, "the connection to the container broke", e);
        }
    }

    private static int trailingNewlines(String text) {
        int start = text.length();
        while (start > 0 && text.charAt(start - 1) == '\n') {
            start--;
        }
        return text.length() - start;
    }

    private static long lines(String word) {
        return word.chars().filter(c -> c == '\n').count() + 1;
    }
}
