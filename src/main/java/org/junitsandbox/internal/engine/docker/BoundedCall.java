package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call to the engine that ends in time: docker-java's calls may wait forever for an engine that does not answer.
 *
 * <p>In every method, {@code what} is what the engine is to do, for the message of the exception: "create a container".
 */
final class BoundedCall {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCall.class);

    private static final int KEEP_ALIVE_SECONDS = 1;

    /** How often a call is repeated because the engine had closed its connection, each time over another one. */
    private static final int MAX_RENEWALS = 16;

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "sandbox-engine-call");
                thread.setDaemon(true);
                return thread;
            });

    private BoundedCall() {}

    /** Undoes what a call did after its caller had stopped waiting. */
    @FunctionalInterface
    interface LateUndo<T> {
        /**
         * Called when the call ends after its time limit.
         *
         * @param result null if the call failed, which leaves open what the engine has done
         */
        void undo(@Nullable T result);
    }

    /** Calls the engine. An interrupt does not end the wait and stays set; the time limit ends the call. */
    static <T> T of(String what, Duration timeout, Callable<T> call) throws EngineException {
        return once(what, timeout, onLivingConnection(call));
    }

    /** Does the same, but does not repeat the call when its connection turns out to be closed. */
    static <T> T once(String what, Duration timeout, Callable<T> call) throws EngineException {
        Future<T> result = THREADS.submit(call);
        try {
            return await(what, timeout, result);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw timedOut(what, timeout, e);
        }
    }

    /**
     * Calls the engine for something that must not be left behind. An interrupt does not end the wait and stays set;
     * the time limit ends the wait, but not the call.
     */
    static <T> T of(String what, Duration timeout, Callable<T> call, LateUndo<T> late) throws EngineException {
        Future<T> result = THREADS.submit(onLivingConnection(call));
        try {
            return await(what, timeout, result);
        } catch (TimeoutException e) {
            THREADS.execute(() -> awaitLate(what, result, late));
            throw timedOut(what, timeout, e);
        }
    }

    /** Calls the engine for something that leaves nothing behind. An interrupt ends the call and stays set. */
    static <T> T interruptible(String what, Duration timeout, Callable<T> call) throws EngineException {
        Future<T> result = THREADS.submit(call);
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while waiting for the engine to " + what, e);
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw timedOut(what, timeout, e);
        }
    }

    /** Runs a task, which must end by itself, while the caller goes on. */
    static void beside(Runnable task) {
        THREADS.execute(task);
    }

    private static <T> T await(String what, Duration timeout, Future<T> result)
            throws EngineException, TimeoutException {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failed(what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> void awaitLate(String what, Future<T> call, LateUndo<T> late) {
        @Nullable T result = null;
        try {
            result = call.get();
            LOG.debug("After its time limit, the engine has ended a call to {}", what);
        } catch (ExecutionException | InterruptedException e) {
            LOG.debug("After its time limit, the engine has ended a call to {}", what, e);
        }
        late.undo(result);
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

    private static EngineException failed(String what, ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        return new EngineException(Fault.ENGINE, "The engine could not " + what + ": " + message(cause), cause);
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

    private static EngineException timedOut(String what, Duration timeout, TimeoutException e) {
        return new EngineException(
                Fault.ENGINE, "The engine did not " + what + " within " + Units.describe(timeout), e);
    }
}
