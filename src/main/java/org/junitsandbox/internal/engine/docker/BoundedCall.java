package org.junitsandbox.internal.engine.docker;

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
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call to the engine that ends in time: docker-java's calls may wait for ever for an engine that stands still.
 *
 * <p>In every method, {@code what} is what is asked of the engine, for the message of the exception: "create a
 * container".
 */
final class BoundedCall {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedCall.class);

    private static final int KEEP_ALIVE_SECONDS = 1;

    /** How often a call is made again because the engine had closed its connection, each time with another one. */
    private static final int MAX_RENEWALS = 16;

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "sandbox-engine-call");
                thread.setDaemon(true);
                return thread;
            });

    private BoundedCall() {}

    /** Undoes what a call did after nobody waited for it any more. */
    @FunctionalInterface
    interface Late<T> {
        /**
         * Told when the call ends after its limit.
         *
         * @param result null if it failed, which leaves open what the engine has done
         */
        void ended(@Nullable T result);
    }

    /** Calls the engine. An interrupt does not end the wait and stays set; the limit ends the call. */
    static <T> T of(String what, Duration limit, Callable<T> call) throws EngineException {
        Future<T> result = THREADS.submit(onLivingConnection(call));
        try {
            return await(what, limit, result);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw timedOut(what, limit, e);
        }
    }

    /**
     * Calls the engine for what must not be left behind. An interrupt does not end the wait and stays set; the limit
     * ends the wait, but not the call.
     */
    static <T> T of(String what, Duration limit, Callable<T> call, Late<T> late) throws EngineException {
        Future<T> result = THREADS.submit(onLivingConnection(call));
        try {
            return await(what, limit, result);
        } catch (TimeoutException e) {
            THREADS.execute(() -> awaitLate(what, result, late));
            throw timedOut(what, limit, e);
        }
    }

    /**
     * Calls the engine for what leaves nothing behind, however long it takes. An interrupt ends the call and stays set.
     */
    static <T> T interruptible(String what, Duration limit, Callable<T> call) throws EngineException {
        Future<T> result = THREADS.submit(call);
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while the engine was to " + what, e);
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw timedOut(what, limit, e);
        }
    }

    /** Does something while the caller goes on. It must end by itself. */
    static void beside(Runnable task) {
        THREADS.execute(task);
    }

    private static <T> T await(String what, Duration limit, Future<T> result) throws EngineException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
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

    private static <T> void awaitLate(String what, Future<T> call, Late<T> late) {
        @Nullable T result = null;
        try {
            result = call.get();
            LOG.debug("The engine ended too late what it was to do: {}", what);
        } catch (ExecutionException | InterruptedException e) {
            LOG.debug("The engine ended too late what it was to do: {}", what, e);
        }
        late.ended(result);
    }

    /**
     * Makes a call again when its connection turns out to be closed, if it may be made twice. docker-java keeps
     * connections, and notices only when it uses one that the engine has closed it: after the engine's restart, say,
     * and then it may have many.
     */
    static <T> Callable<T> onLivingConnection(Callable<T> call) {
        return () -> {
            for (int left = MAX_RENEWALS; ; left--) {
                try {
                    return call.call();
                } catch (RuntimeException e) {
                    if (left == 0
                            || !saysThatConnectionWasClosed(e.getCause())
                            || Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    LOG.debug("The engine has closed a connection, now for another one", e);
                }
            }
        };
    }

    private static boolean saysThatConnectionWasClosed(@Nullable Throwable failure) {
        if (failure instanceof SocketException) {
            return !(failure instanceof ConnectException);
        }
        // A class of its own in each of docker-java's transports.
        return failure != null && failure.getClass().getSimpleName().equals("NoHttpResponseException");
    }

    private static EngineException failed(String what, ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        return new EngineException(Fault.ENGINE, "The engine could not " + what + ": " + cause.getMessage(), cause);
    }

    private static EngineException timedOut(String what, Duration limit, TimeoutException e) {
        return new EngineException(
                Fault.ENGINE, "The engine did not " + what + " within " + limit.toSeconds() + " s", e);
    }
}
