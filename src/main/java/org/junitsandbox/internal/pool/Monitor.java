package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one lock of a pool: whatever the pool knows is looked at and changed under it. It is held for a moment only, and
 * never while the engine or a container is asked for something.
 */
final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable consequences;

    /**
     * @param consequences does what follows from a change, under the lock
     */
    Monitor(Runnable consequences) {
        this.consequences = consequences;
    }

    /** Does something under the lock from which nothing follows. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a change, and does what follows from it. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            consequences.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change after which a condition holds, if it does not yet. */
    void await(BooleanSupplier condition) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits likewise, but for no longer than a limit. */
    void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = limit.toNanos();
            while (nanos > 0 && !condition.getAsBoolean()) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
