package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineCalls;
import org.junitsandbox.internal.engine.EngineCalls.LateUndo;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call by docker-java that ends in time.
 *
 * <p>In every method, {@code what} is what the engine is to do, for the message of the exception: "create a container".
 */
final class BoundedCall {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCall.class);

    /** How often a call is repeated because the engine had closed its connection, each time over another one. */
    private static final int MAX_RENEWALS = 16;

    private static final EngineCalls CALLS = new EngineCalls("The engine", BoundedCall::message);

    private BoundedCall() {}

    /** See {@link EngineCalls#call(String, Duration, Callable)}. */
    static <T> T of(String what, Duration timeout, Callable<T> call) throws EngineException {
        return once(what, timeout, onLivingConnection(call));
    }

    /** Does the same, but does not repeat the call when its connection turns out to be closed. */
    static <T> T once(String what, Duration timeout, Callable<T> call) throws EngineException {
        return CALLS.call(what, timeout, call);
    }

    /** See {@link EngineCalls#call(String, Duration, Callable, LateUndo)}. */
    static <T> T of(String what, Duration timeout, Callable<T> call, LateUndo<T> late) throws EngineException {
        return CALLS.call(what, timeout, onLivingConnection(call), late);
    }

    /** See {@link EngineCalls#interruptible}. */
    static <T> T interruptible(String what, Duration timeout, Callable<T> call) throws EngineException {
        return CALLS.interruptible(what, timeout, call);
    }

    /** See {@link EngineCalls#beside}. */
    static void beside(Runnable task) {
        EngineCalls.beside(task);
    }

    /**
     * Repeats a call when its connection turns out to be closed; the call must be one that can be made twice.
     * docker-java keeps connections, and notices only on use that the engine has closed one. After a restart of the
     * engine, that may be many.
     */
    static <T> Callable<T> onLivingConnection(Callable<T> call) {
        return () -> {
            for (int left = MAX_RENEWALS; ; left--) {
                try {
                    return call.call();
                } catch (RuntimeException e) {
                    if (left == 0
                            || !isClosedConnection(e.getCause())
                            || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    LOG.debug("The engine has closed a connection, trying another one", e);
                }
            }
        };
    }

    private static boolean isClosedConnection(@Nullable Throwable failure) {
        if (failure instanceof SocketException) {
            return !(failure instanceof ConnectException);
        }
        // Each of docker-java's transports has its own class of this name.
        return failure != null && failure.getClass().getSimpleName().equals("NoHttpResponseException");
    }

    /** docker-java shows the engine's answer as it came: "Status 404: {"message":"…"}". */
    private static String message(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).strip();
        int brace = text.indexOf('{');
        return cause instanceof DockerException && brace >= 0 ? message(text.substring(brace)) : text;
    }

    /** Returns the engine's own message, out of an answer with a status that stands for a failure. */
    static String message(String answer) {
        try {
            return JsonReader.at(JsonReader.read(answer), "message") instanceof String message
                    ? message.strip()
                    : answer.strip();
        } catch (IllegalArgumentException e) {
            LOG.debug("The engine's message is not JSON", e);
            return answer.strip();
        }
    }
}
