package org.junitsandbox.internal.engine;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to an engine that end in time: those of its client may wait forever for an engine that does not answer. Safe
 * for use by several threads.
 *
 * <p>In every method, {@code what} is what the engine is to do, for the message of the exception: "create a container".
 */
public final class EngineCalls {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCalls.class);

    private static final int KEEP_ALIVE_SECONDS = 1;

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "sandbox-engine-call");
                thread.setDaemon(true);
                return thread;
            });

    private final String engine;
    private final Function<Throwable, String> reason;

    /**
     * @param engine names the engine, to begin messages with
     * @param reason puts the failure of a call into words
     */
    public EngineCalls(String engine, Function<Throwable, String> reason) {
        this.engine = engine;
        this.reason = reason;
    }

    /** Undoes what a call did after its caller had stopped waiting. */
    @FunctionalInterface
    public interface LateUndo<T> {
        /**
         * Called when the call ends after its time limit.
         *
         * @param result null if the call failed, which leaves open what the engine has done
         */
        void undo(@Nullable T result);
    }

    /** Calls the engine. An interrupt does not end the wait and stays set; the time limit ends the call. */
    public <T> T call(String what, Duration timeout, Callable<T> call) throws EngineException {
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
    public <T> T call(String what, Duration timeout, Callable<T> call, LateUndo<T> late) throws EngineException {
        Future<T> result = THREADS.submit(call);
        try {
            return await(what, timeout, result);
        } catch (TimeoutException e) {
            THREADS.execute(() -> awaitLate(what, result, late));
            throw timedOut(what, timeout, e);
        }
    }

    /** Calls the engine for something that leaves nothing behind. An interrupt ends the call and stays set. */
    public <T> T interruptible(String what, Duration timeout, Callable<T> call) throws EngineException {
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
    public static void beside(Runnable task) {
        THREADS.execute(task);
    }

    private <T> T await(String what, Duration timeout, Future<T> result)
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

    private EngineException failed(String what, ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        return new EngineException(Fault.ENGINE, engine + " could not " + what + ": " + reason.apply(cause), cause);
    }

    private EngineException timedOut(String what, Duration timeout, TimeoutException e) {
        return new EngineException(
                Fault.ENGINE, engine + " did not " + what + " within " + Units.describe(timeout), e);
    }
}
