package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of a pool, from their start to their removal, both of which are done in the background.
 *
 * <p>Guarded by the pool's {@link Monitor}: whoever calls holds its lock. The tasks of the background do not: they take
 * it to look, and to tell what they have done.
 */
final class Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final ContainerEngine engine;
    private final String home;
    private final int max;
    private final Duration lull;
    private final Claims claims;
    private final Monitor monitor;
    private final ExecutorService background = PoolThreads.executor();

    private int starting;
    private int spares;
    private int removing;

    /** When a container was last given to someone or gone, by {@link System#nanoTime}. */
    private long lastProgress = System.nanoTime();

    private boolean closed;

    /**
     * @param home the directory in which shells start
     * @param max how many containers may live at once
     * @param lull for how long at most to put off what nobody waits for
     */
    Fleet(ContainerEngine engine, String home, int max, Duration lull, Claims claims, Monitor monitor) {
        this.engine = engine;
        this.home = home;
        this.max = max;
        this.lull = lull;
        this.claims = claims;
        this.monitor = monitor;
    }

    Headcount count() {
        return new Headcount(starting, spares, claims.inUse(), removing);
    }

    long lastProgress() {
        return lastProgress;
    }

    /** Whether something is under way in the background. */
    boolean isBusy() {
        return starting + removing > 0;
    }

    boolean isClosed() {
        return closed;
    }

    /** Starts a container of a kind for who is then the first to wait for one, or as a spare. */
    void start(Stock stock) {
        countStarting(stock, 1);
        background.execute(() -> {
            awaitLull(stock, () -> claims.firstFor(stock) != null);
            if (!isStillWanted(stock)) {
                return;
            }
            long began = System.nanoTime();
            try {
                ReadyContainer container = ReadyContainer.start(engine, stock.config, home);
                monitor.change(() -> started(stock, container));
            } catch (EngineException | RuntimeException | Error e) {
                monitor.change(() -> startFailed(stock, began, e));
            }
        });
    }

    private void countStarting(Stock stock, int more) {
        starting += more;
        stock.starting += more;
    }

    /** Looks again at a start that was put off. If nobody wants it any more, it is forgotten. */
    private boolean isStillWanted(Stock stock) {
        return monitor.locked(() -> {
            boolean wanted = !closed
                    && (claims.firstFor(stock) != null || stock.spares.size() + stock.starting <= stock.sparesWanted());
            if (!wanted) {
                monitor.change(() -> countStarting(stock, -1));
            }
            return wanted;
        });
    }

    private void started(Stock stock, ReadyContainer container) {
        countStarting(stock, -1);
        stock.broken = false;
        if (closed) {
            remove(container, stock);
            return;
        }
        Waiter waiter = claims.firstFor(stock);
        if (waiter != null) {
            give(container, waiter, false);
        } else {
            stock.spares.add(container);
            spares++;
        }
    }

    private void startFailed(Stock stock, long began, Throwable failure) {
        countStarting(stock, -1);
        stock.broken = true;
        Waiter waiter = claims.firstFor(stock);
        if (waiter == null) {
            LOG.warn(
                    "No spare container could be started; the next one who wants one is told why, if it fails again",
                    failure);
        } else if (waiter.since - began <= 0) {
            claims.fail(waiter, failure);
        } else {
            // The engine may have come back since: for who came later, a new start is made.
            LOG.warn("A container could not be started; it is tried again for who came meanwhile", failure);
        }
    }

    /** Gives the oldest spare of the kind that is waited for. */
    void giveSpare(Waiter waiter) {
        spares--;
        give(waiter.stock.spares.remove(), waiter, true);
    }

    private void give(ReadyContainer container, Waiter waiter, boolean spare) {
        lastProgress = System.nanoTime();
        claims.give(container, waiter, spare);
    }

    /** Removes a container that was in use. Does nothing with another one. */
    void takeBack(ReadyContainer container) {
        Stock stock = claims.end(container);
        if (stock != null) {
            remove(container, stock);
        }
    }

    void removeSpare(Stock stock) {
        spares--;
        remove(stock.spares.remove(), stock);
    }

    private void remove(ReadyContainer container, Stock stock) {
        removing++;
        background.execute(() -> {
            awaitLull(stock, () -> claims.anyoneWaits() && count().alive() >= max);
            try {
                container.container().close();
            } finally {
                monitor.change(() -> {
                    lastProgress = System.nanoTime();
                    removing--;
                });
            }
        });
    }

    /**
     * Waits a moment, so that who has just got a container has the machine for the first commands: to start and to
     * remove containers keeps two CPUs busy.
     */
    private void awaitLull(Stock stock, BooleanSupplier urgent) {
        Duration left = monitor.locked(() -> stock.shortened(lull));
        try {
            monitor.await(() -> closed || urgent.getAsBoolean(), left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what is in use. What is still starting is removed when it has started. */
    void close() {
        closed = true;
        claims.used().forEach(this::takeBack);
    }

    /**
     * Ends the threads of the background when they have nothing to do any more. Waits for them: not to be called under
     * the lock.
     */
    void endThreads() throws InterruptedException {
        background.shutdown();
        background.awaitTermination(PoolThreads.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }
}
