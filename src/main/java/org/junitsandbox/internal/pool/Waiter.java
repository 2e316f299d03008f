package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;

/** One who waits for a container of a kind, and later uses it. */
final class Waiter {

    final Stock stock;
    final Borrower borrower;

    /** When it came, by {@link System#nanoTime}. */
    final long since = System.nanoTime();

    private volatile CompletableFuture<Given> given = new CompletableFuture<>();

    /**
     * @param spare whether it has been waiting to be taken
     */
    private record Given(ReadyContainer container, boolean spare) {}

    Waiter(Stock stock, Borrower borrower) {
        this.stock = stock;
        this.borrower = borrower;
    }

    void give(ReadyContainer container, boolean spare) {
        given.complete(new Given(container, spare));
    }

    void fail(Throwable failure) {
        given.completeExceptionally(failure);
    }

    /** Forgets what it was given. */
    void tryAgain() {
        given = new CompletableFuture<>();
    }

    /** Returns what it was given, or null if it was given nothing yet. */
    @Nullable ReadyContainer container() {
        return given.isDone() && !given.isCompletedExceptionally() ? given.join().container() : null;
    }

    boolean gotSpare() {
        return given.join().spare();
    }

    /** Waits to be given a container; returns null when the limit has passed. */
    @Nullable ReadyContainer await(Duration limit)
            throws EngineException, PoolExhaustedException, InterruptedException {
        try {
            return given.get(limit.toNanos(), TimeUnit.NANOSECONDS).container();
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            Throwable failure = e.getCause();
            // The stack trace is that of another thread: this one's is added.
            if (failure instanceof EngineException engine) {
                throw new EngineException(engine.fault(), String.valueOf(engine.getMessage()), engine);
            }
            if (failure instanceof PoolExhaustedException exhausted) {
                throw exhausted;
            }
            throw new IllegalStateException(String.valueOf(failure), failure);
        }
    }
}
