package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Rules;
import org.junitsandbox.internal.pool.KeyedState.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out clean containers, in the order of asking. They are started, cleaned after their use and removed in the
 * background. Safe for use by several threads.
 *
 * <p>This is the lock around a {@link PoolState}, which decides: whatever happens is made known to it under the lock,
 * and what follows is done without the lock, by the calling thread or by a {@link ContainerWorker}. So the lock is held
 * for moments only, never while the engine or a container does something.
 */
public final class ContainerPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPool.class);

    /** Long enough that most tests end meanwhile, short enough that a stuck build is explained by its log. */
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    /** A clean-up takes some 10 ms. One that takes longer than this and than a start may not come to an end. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** Long enough for some commands, short beside the start of a container. */
    private static final Duration LULL = Duration.ofMillis(50);

    private final ContainerEngine engine;
    /** As good as no limit. */
    public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final PoolState state;
    private volatile boolean closed;
    private final ContainerWorker worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What the worker reports. */
    private final class Reports implements ContainerWorker.Listener {

        @Override
        public void started(Slot slot, ReadyContainer container) {
            change(now -> {
                slot.fill(container);
                state.ready(slot, now);
            });
        }

        @Override
        public void startFailed(Slot slot, Throwable failure) {
            change(now -> state.startFailed(slot, failure));
        }

        @Override
        public void recycled(Slot slot, ReadyContainer container) {
            change(now -> {
                slot.fill(container);
                state.ready(slot, now);
            });
        }

        @Override
        public void notRecycled(Slot slot) {
            change(now -> state.notRecycled(slot, now));
        }

        @Override
        public void removed(Slot slot) {
            change(now -> state.removed(slot, now));
        }

        @Override
        public void timePassed() {
            change(now -> {});
        }
    }

    /**
     * Makes an empty pool.
     *
     * @param home the directory in which shells start
     * @param sparesPerKind of each kind, how many may wait to be taken; if it is empty, as many as it takes so that
     *     nobody waits for one, up to the engine's CPUs or to how many were in use at once
     * @param max how many may live at once, whether they start, wait, are in use or are being removed
     * @param keepsRecyclable whether one that can be proven clean is kept until the pool is closed, although none is
     *     announced
     */
    public ContainerPool(
            ContainerEngine engine, String home, OptionalInt sparesPerKind, int max, boolean keepsRecyclable) {
        this(
                engine,
                home,
                new Rules(
                        sparesPerKind,
                        engine.cpus(),
                        max,
                        LULL.toNanos(),
                        STANDSTILL.toNanos(),
                        PATIENCE.toNanos(),
                        keepsRecyclable));
    }

    ContainerPool(ContainerEngine engine, String home, Rules rules) {
        this.engine = engine;
        this.state = new PoolState(rules);
        this.worker = new ContainerWorker(engine, home, new Reports());
    }

    /**
     * Makes known that containers of a kind will be wanted. Is to be cancelled when that is no longer so: the next ones
     * are kept ready until then, if any are announced.
     */
    public Reservation reserve(ContainerConfig config) {
        return changeAndGet(now -> state.reserve(config));
    }

    /**
     * Takes back what was announced, and starts the removal of the spares that no other reservation needs. A borrower
     * that waits already still gets its container.
     */
    public void cancel(Reservation reservation) {
        change(now -> state.cancel(reservation));
    }

    /**
     * Takes a clean container, and waits for it if it must. It is to be given back after use.
     *
     * @param more how many more will be acquired by this reservation after it, as far as is known now;
     *     {@link Integer#MAX_VALUE} for no end in sight
     * @param timeout how long to wait at most; {@link #FOREVER} for as long as it takes
     * @throws EngineException if it cannot be started
     * @throws PoolExhaustedException if there are too many in use, and it is known that none of them can come back, or
     *     none has in time
     * @throws IllegalStateException if the reservation is cancelled, or the pool is closed
     */
    public ReadyContainer acquire(Reservation reservation, Borrower borrower, int more, Duration timeout)
            throws EngineException, PoolExhaustedException, InterruptedException {
        PendingAcquire acquire = changeAndGet(now -> state.acquire(reservation, borrower, more, now));
        while (true) {
            PendingAcquire.Given given = await(acquire, timeout);
            if (!given.spare() || given.container().isAlive()) {
                return given.container();
            }
            LOG.debug("Spare container {} has died", given.container().container().id());
            PendingAcquire dead = acquire;
            acquire = changeAndGet(now -> state.acquireInsteadOf(dead, now));
        }
    }

    private PendingAcquire.Given await(PendingAcquire acquire, Duration timeout)
            throws EngineException, PoolExhaustedException, InterruptedException {
        try {
            return acquire.await(timeout);
        } catch (InterruptedException e) {
            change(now -> state.withdraw(acquire, now));
            throw e;
        } catch (TimeoutException e) {
            change(now -> state.withdraw(acquire, now));
            throw PoolExhaustedException.inTime(acquire.borrower, timeout, use());
        }
    }

    /**
     * Takes a container back after its use; no thread may use it any more. It is cleaned and given out again if it can
     * be proven clean, and removed otherwise. Does nothing with one that is not in use.
     *
     * @param isNextAcquired whether one of the same kind will be acquired right after it
     */
    public void giveBack(ReadyContainer container, boolean isNextAcquired) {
        change(now -> state.slotOf(container).ifPresent(slot -> state.giveBack(slot, isNextAcquired, now)));
    }

    /** Removes a container that is not fit for another use. Does nothing with one that is not in use. */
    public void discard(ReadyContainer container) {
        change(now -> state.slotOf(container).ifPresent(slot -> state.discard(slot, now)));
    }

    /** Whether it is closed, and so its containers are gone. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Removes all containers, those in use as well, and what the engine could not remove before, and waits until they
     * are gone. An interrupt ends the wait and stays set; then they go in the background.
     */
    @Override
    public void close() {
        long began = System.nanoTime();
        closeAfterFailure();
        // There may be no later start of this JVM that would do it.
        engine.removeLeftBehind(began);
    }

    /**
     * Does the same, but does not try again to remove what the engine could not, so that the failure is reported
     * without another wait for an engine that does not answer.
     */
    public void closeAfterFailure() {
        closed = true;
        change(state::close);
        try {
            awaitQuiet();
            worker.endThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitQuiet() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state.isBusy()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many containers there are now. */
    public ContainerCounts use() {
        return ContainerCounts.of(counts());
    }

    /** How many containers there are in each phase that has any. */
    Map<Phase, Long> counts() {
        lock.lock();
        try {
            return state.counts();
        } finally {
            lock.unlock();
        }
    }

    private void change(LongConsumer event) {
        changeAndGet(now -> {
            event.accept(now);
            return now;
        });
    }

    /** Makes an event known under the lock, at the time that the event gets, and does what follows without it. */
    private <T> T changeAndGet(LongFunction<T> event) {
        T result;
        List<PoolState.Action> actions;
        OptionalLong nextSettling;
        lock.lock();
        try {
            long now = System.nanoTime();
            result = event.apply(now);
            actions = state.settle(now);
            nextSettling = state.nextSettling(now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        actions.forEach(this::act);
        nextSettling.ifPresent(worker::callAt);
        return result;
    }

    private void act(PoolState.Action action) {
        if (action instanceof PoolState.Start start) {
            worker.start(start.slot());
        } else if (action instanceof PoolState.Recycle recycle) {
            worker.recycle(recycle.slot());
        } else if (action instanceof PoolState.Remove remove) {
            worker.remove(remove.slot());
        } else if (action instanceof PoolState.Give give) {
            give.acquire().give(give.slot().container(), give.spare());
        } else if (action instanceof PoolState.Fail fail) {
            fail.acquire().fail(fail.cause());
        } else if (action instanceof PoolState.Warn warn) {
            LOG.warn(warn.message(), warn.cause());
        }
    }
}
