package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.stream.StreamConnection;

/** Sends to one supervisor and waits for what it says, until something fails; then it is of no more use. */
final class SupervisorChannel {

    /** How long the container may be silent while an answer is due. */
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

    /**
     * How much output between two requests is dropped, in bytes; a process that writes for ever must not stop the next
     * one.
     */
    private static final long MAX_STRAY_BYTES = 64L << 20;

    private final StreamConnection connection;
    private final SupervisorReplies heard;
    private @Nullable SupervisorException failure;

    SupervisorChannel(StreamConnection connection, SupervisorReplies heard) {
        this.connection = connection;
        this.heard = heard;
    }

    /** Waits for an answer that is due at once; an interrupt meanwhile is kept for later. */
    void awaitAnswer(BooleanSupplier answered, Duration limit, String otherwise) throws SupervisorException {
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

    /** Drops what has come since the last request. */
    void dropStrayOutput() throws SupervisorException {
        long start = heard.bytes();
        long before;
        do {
            before = heard.bytes();
            receive(0);
        } while (heard.bytes() > before && before - start < MAX_STRAY_BYTES);
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Waits until something comes, but no longer than this. */
    void receive(long timeoutNanos) throws SupervisorException {
        try {
            if (!connection.receive(timeoutNanos, heard::take)) {
                throw fail(Reason.DISCONNECTED, "the connection to the container ended", null);
            }
        } catch (IOException e) {
            throw fail(Reason.DISCONNECTED, "the connection to the container broke", e);
        }
    }

    /** Throws what has made this useless, if something has. */
    void checkAlive() throws SupervisorException {
        if (failure == null && heard.malformed() != null) {
            throw fail(Reason.CONFUSED, "it gave an answer outside the rules: " + heard.malformed(), null);
        }
        if (failure != null) {
            // A new one each time, with the output of the command under way.
            throw exception(failure.reason(), String.valueOf(failure.getMessage()), failure.getCause());
        }
    }

    /** Ends the conversation for good. */
    SupervisorException fail(Reason reason, String message, @Nullable Throwable cause) {
        SupervisorException exception = exception(reason, message, cause);
        failure = exception;
        return exception;
    }

    /** Tells what went wrong, with the output of the command under way. */
    SupervisorException exception(Reason reason, String message, @Nullable Throwable cause) {
        PendingReply exchange = heard.current();
        return new SupervisorException(
                reason,
                message,
                cause,
                exchange == null ? CapturedOutput.NOTHING : exchange.stdout(),
                exchange == null ? CapturedOutput.NOTHING : exchange.stderr());
    }

    void send(String request) throws SupervisorException {
        sendBytes((request + "\n").getBytes(UTF_8));
    }

    void sendBytes(byte[] bytes) throws SupervisorException {
        try {
            connection.send(bytes);
        } catch (IOException e) {
            throw fail(Reason.DISCONNECTED, "the connection to the container broke", e);
        }
    }
}
