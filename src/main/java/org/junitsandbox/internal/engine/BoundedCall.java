package org.junitsandbox.internal.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** A call to the engine that ends in time: docker-java's calls may wait for ever for an engine that stands still. */
final class BoundedCall {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sandbox-engine-call");
        thread.setDaemon(true);
        return thread;
    });

    private BoundedCall() {}

    /**
     * Calls the engine.
     *
     * @param what what is asked of it, for the message of the exception: "create a container"
     */
    static <T> T of(String what, Duration limit, Callable<T> call) throws EngineException {
        Future<T> result = THREADS.submit(call);
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // Left half done, the call might leave a container behind that nobody knows of.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new EngineException(Fault.ENGINE, "The engine could not " + what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new EngineException(
                    Fault.ENGINE, "The engine did not " + what + " within " + limit.toSeconds() + " s", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
