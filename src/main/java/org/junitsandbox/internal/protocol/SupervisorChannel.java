package org.junitsandbox.internal.protocol;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;

/** Sends to one supervisor and waits for its messages, until something fails; from then on every use fails. */
final class SupervisorChannel {

    /**
     * How much output between two requests is received, in bytes; a process that writes forever must not stop the next
     * request.
     */
    private static final long MAX_STRAY_BYTES = 64L << 20;

    private final StreamConnection connection;
    private final SupervisorReplies replies;
    private @Nullable SupervisorException failure;

    SupervisorChannel(StreamConnection connection, SupervisorReplies replies) {
        this.connection = connection;
        this.replies = replies;
    }

    /**
     * Waits for an answer that is due at once; an interrupt meanwhile is kept for later.
     *
     * @param otherwise what is wrong if it does not come, for the message
     */
    void awaitAnswer(BooleanSupplier answered, Duration timeout, String otherwise) throws SupervisorException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (!answered.getAsBoolean()) {
                checkAlive();
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw fail(Reason.SILENT, otherwise + " within " + Units.describe(timeout), null);
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

    /** Receives what has come since the last request, without waiting for more. */
    void receiveStrayOutput() throws SupervisorException {
        long start = replies.receivedBytes();
        long before;
        do {
            before = replies.receivedBytes();
            receive(0);
        } while (replies.receivedBytes() > before && before - start < MAX_STRAY_BYTES);
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Waits until something comes, but no longer than this. */
    void receive(long timeoutNanos) throws SupervisorException {
        try {
            if (!connection.receive(timeoutNanos, replies)) {
                throw fail(Reason.DISCONNECTED, "the connection to the container ended", null);
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Throws the failure that has ended the use of this channel, if there was one. */
    void checkAlive() throws SupervisorException {
        if (failure == null) {
            SupervisorMessage.Malformed malformed = replies.malformed();
            if (malformed == null) {
                return;
            }
            throw fail(
                    Reason.MALFORMED_MESSAGE,
                    "it sent a message outside the protocol, " + malformed.problem() + ": "
                            + Printable.of(malformed.text()),
                    null);
        }
        // A new one each time, with the output of the present command.
        throw exception(failure.reason(), String.valueOf(failure.getMessage()), failure.getCause());
    }

    /** Ends the use of this channel. Returns the exception to throw. */
    SupervisorException fail(Reason reason, String message, @Nullable Throwable cause) {
        SupervisorException exception = exception(reason, message, cause);
        failure = exception;
        return exception;
    }

    /** Returns an exception with the output of the present command. The channel can still be used. */
    SupervisorException exception(Reason reason, String message, @Nullable Throwable cause) {
        PendingReply pending = replies.pending();
        return new SupervisorException(
                reason,
                message,
                cause,
                pending == null ? CapturedOutput.NOTHING : pending.stdout(),
                pending == null ? CapturedOutput.NOTHING : pending.stderr());
    }

    void send(SupervisorRequest request) throws SupervisorException {
        sendBytes(bytesOf(request));
    }

    /** Sends what the present command's result does not depend on. If that fails, only what is done later fails. */
    void sendAside(SupervisorRequest request) {
        try {
            connection.send(bytesOf(request));
        } catch (IOException e) {
            broken(e);
        }
    }

    void sendBytes(byte[] bytes) throws SupervisorException {
        try {
            connection.send(bytes);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static byte[] bytesOf(SupervisorRequest request) {
        return ByteText.encode(request.encode() + "\n");
    }

    private SupervisorException broken(IOException cause) {
        return fail(Reason.DISCONNECTED, "the connection to the container broke", cause);
    }
}
