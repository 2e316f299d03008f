package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.OptionalInt;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out clean containers, each for one use. They are started and removed by threads of its own, of which there is
 * none while there is nothing to do. Who wants one is served in the order of asking, except that a spare may go to
 * someone later whom it suits. Safe for use by several threads.
 *
 * <p>Who comes puts down a claim under the lock of the {@link Monitor}, and waits without it. What follows from it, and
 * from every other change, is decided by the {@link Allocator}, under the lock as well, and done by the threads of the
 * {@link Fleet}, without it.
 */
public final class ContainerPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPool.class);

    /** Who waits for longer than this while no container comes back may wait for ever. */
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    /**
     * What nobody waits for is put off for this long: enough for some commands, short beside the start of a container.
     */
    private static final Duration LULL = Duration.ofMillis(50);

    private final ContainerEngine engine;
    private final Duration standstill;
    private final Monitor monitor = new Monitor(this::settle);
    private final Claims claims;
    private final Fleet fleet;
    private final Allocator allocator;

    /**
     * Makes an empty pool.
     *
     * @param home the directory in which shells start
     * @param sparesPerKind of each kind, how many may wait to be taken; if it is empty, as many as it takes so that
     *     nobody waits for one, up to the engine's CPUs or to how many were in use at once
     * @param max how many may live at once, whether they start, wait, are in use or are being removed
     */
    public ContainerPool(ContainerEngine engine, String home, OptionalInt sparesPerKind, int max) {
        this(engine, home, sparesPerKind, max, STANDSTILL, LULL);
    }

    ContainerPool(
            ContainerEngine engine,
            String home,
            OptionalInt sparesPerKind,
            int max,
            Duration standstill,
            Duration lull) {
        this.engine = engine;
        this.standstill = standstill;
        this.claims = new Claims(max);
        this.fleet = new Fleet(engine, home, max, lull, claims, monitor);
        this.allocator = new Allocator(sparesPerKind, engine.cpus(), max, claims, fleet);
    }

    /** Announces that containers of a kind will be wanted. */
    public Reservation reserve(ContainerConfig config) {
        return monitor.locked(() -> {
            Stock stock = allocator.stock(config);
            stock.demands++;
            return new Reservation(this, stock);
        });
    }

    /**
     * Takes a container that nobody has used, and waits for it if it must.
     *
     * @throws EngineException if it cannot be started
     * @throws PoolExhaustedException if there are too many in use, and none of them can come back
     * @throws IllegalStateException if the pool is closed
     */
    public ReadyContainer take(ContainerConfig config, Borrower borrower)
            throws EngineException, PoolExhaustedException, InterruptedException {
        try (Reservation reservation = reserve(config)) {
            return reservation.take(borrower, 0);
        }
    }

    ReadyContainer take(Stock stock, Borrower borrower, Runnable announcement)
            throws EngineException, PoolExhaustedException, InterruptedException {
        Waiter waiter = new Waiter(stock, borrower);
        change(() -> {
            announcement.run();
            claims.queueUp(waiter);
        });
        while (true) {
            ReadyContainer container = await(waiter);
            if (!waiter.gotSpare() || container.isAlive()) {
                return container;
            }
            LOG.debug("Spare container {} has died while it waited", container.container().id());
            change(() -> {
                fleet.takeBack(container);
                waiter.tryAgain();
                claims.queueUpFirst(waiter);
            });
        }
    }

    private ReadyContainer await(Waiter waiter) throws EngineException, PoolExhaustedException, InterruptedException {
        try {
            while (true) {
                long since = monitor.locked(fleet::lastProgress);
                ReadyContainer container = waiter.await(standstill);
                if (container != null) {
                    return container;
                }
                change(() -> {
                    if (since == fleet.lastProgress() && !fleet.isBusy() && claims.isWaiting(waiter)) {
                        claims.exhaust(waiter, "No container came back within " + standstill.toSeconds() + " s");
                    }
                });
            }
        } catch (InterruptedException e) {
            change(() -> {
                claims.withdraw(waiter);
                ReadyContainer unwanted = waiter.container();
                if (unwanted != null) {
                    fleet.takeBack(unwanted);
                }
            });
            throw e;
        }
    }

    /** Takes a used container back and has it removed. Does nothing with one that is not in use. */
    public void release(ReadyContainer container) {
        change(() -> fleet.takeBack(container));
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
     * Does the same, but does not try again to remove what the engine could not, so that the failure is told without
     * another wait for an engine that does not answer.
     */
    public void closeAfterFailure() {
        change(() -> {
            fleet.close();
            allocator.removeSpares();
        });
        try {
            monitor.await(() -> !fleet.isBusy());
            fleet.endThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Headcount count() {
        return monitor.locked(fleet::count);
    }

    /** Makes a change under the pool's lock, and does what follows from it. */
    void change(Runnable change) {
        monitor.change(change);
    }

    private void settle() {
        if (fleet.isClosed()) {
            claims.failAll(() -> new IllegalStateException("The pool of sandboxes is closed"));
        } else {
            allocator.allocate();
        }
    }
}
