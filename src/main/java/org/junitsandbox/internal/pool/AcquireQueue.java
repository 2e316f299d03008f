package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.KeyedState.Slot;
import org.junitsandbox.internal.pool.PoolExhaustedException.Holder;

/**
 * The requests for containers that wait, in the order in which they are served; finds deadlocks. Part of
 * {@link PoolState}, and guarded as that is.
 */
final class AcquireQueue {

    private final Deque<PendingAcquire> waiting = new ArrayDeque<>();

    /** The last time that {@link #moved} was called, or that the first borrower began to wait. */
    private long quietSince;

    /** A request for a container, and its result. */
    static final class PendingAcquire {

        final KeyedState kind;
        final Borrower borrower;

        /** When it was made. */
        final long since;

        /** The slot of the container that it was given. Guarded as the queue is. */
        @Nullable Slot slot;

        private final CompletableFuture<Given> given = new CompletableFuture<>();

        /**
         * What a borrower gets.
         *
         * @param spare whether it was ready before, so that it may have died meanwhile
         */
        record Given(ReadyContainer container, boolean spare) {}

        PendingAcquire(KeyedState kind, Borrower borrower, long since) {
            this.kind = kind;
            this.borrower = borrower;
            this.since = since;
        }

        void give(ReadyContainer container, boolean spare) {
            given.complete(new Given(container, spare));
        }

        void fail(Throwable failure) {
            given.completeExceptionally(failure);
        }

        /**
         * Waits for the container or the failure. Not to be called under the pool's lock.
         *
         * @throws TimeoutException if neither comes in time
         */
        Given await(Duration timeout)
                throws EngineException, PoolExhaustedException, InterruptedException, TimeoutException {
            try {
                return timeout.equals(ContainerPool.FOREVER)
                        ? given.get()
                        : given.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
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

    void addLast(PendingAcquire acquire) {
        if (waiting.isEmpty()) {
            quietSince = acquire.since;
        }
        waiting.addLast(acquire);
    }

    void addFirst(PendingAcquire acquire) {
        waiting.addFirst(acquire);
    }

    void remove(PendingAcquire acquire) {
        waiting.remove(acquire);
    }

    /** Takes note that a container was given or is gone, or of a warning that none was. */
    void moved(long now) {
        quietSince = now;
    }

    long quietSince() {
        return quietSince;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns a copy. */
    List<PendingAcquire> all() {
        return List.copyOf(waiting);
    }

    Optional<PendingAcquire> firstFor(KeyedState kind) {
        return waiting.stream().filter(acquire -> acquire.kind == kind).findFirst();
    }

    int countFor(KeyedState kind) {
        return (int) waiting.stream().filter(acquire -> acquire.kind == kind).count();
    }

    /**
     * Finds a deadlock: each holder of a container keeps it until a borrower that waits is served.
     *
     * @param holders of all containers there may be
     * @return of the borrowers that holders wait for, the last to come; null if there is no deadlock
     */
    @Nullable PendingAcquire lastInDeadlock(List<Borrower> holders) {
        if (!holders.stream().allMatch(holder -> waitsFor(holder) != null)) {
            return null;
        }
        return waiting.stream()
                .filter(acquire -> holders.stream().anyMatch(holder -> holder.outlasts(acquire.borrower)))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Adds to each holder the borrower that it is known to wait for. */
    List<Holder> describe(List<Borrower> holders) {
        return holders.stream()
                .map(holder -> new Holder(holder, waitsFor(holder)))
                .toList();
    }

    private @Nullable Borrower waitsFor(Borrower holder) {
        return waiting.stream()
                .map(acquire -> acquire.borrower)
                .filter(holder::outlasts)
                .findFirst()
                .orElse(null);
    }

    /** Describes that all containers there may be stay in use while borrowers wait. */
    String describeStandstill(long nanos, int max, List<Borrower> holders) {
        int others = waiting.size() - 1;
        return waiting.getFirst().borrower + (others == 0 ? " waits" : " and " + others + " more wait")
                + " for a container, and none came back within " + Duration.ofNanos(nanos).toSeconds()
                + " s: at most " + max + " may live at once (sandbox.pool.max), and all are in use:"
                + Holder.list(describe(holders)) + "\nThe wait goes on until a shell is closed."
                + " If none will be, allow more containers or interrupt the wait.";
    }
}
