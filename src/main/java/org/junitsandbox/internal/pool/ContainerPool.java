package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out clean containers, each for one use. They are started and removed by threads of its own, of which there is none while there
 * is nothing to do. Who wants one is served in the order of asking, except that a spare may go to someone later whom it suits. Safe for
 * use by several threads.
 */
public final class ContainerPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPool.class);

    /** Who waits for longer than this while no container comes back may wait for ever. */
    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    /** What nobody waits for is put off for this long: enough for some commands, short beside the start of a container. */
    private static final Duration LULL = Duration.ofMillis(50);

    private final ContainerEngine engine;
    private final String home;
    private final OptionalInt sparesPerKind;
    private final int max;
    private final Duration standstill;
    private final Duration lull;
    private final ExecutorService background = PoolThreads.executor();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Map<ContainerConfig, Stock> stocks = new LinkedHashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private final Map<ReadyContainer, Waiter> inUse = new LinkedHashMap<>();
    private int starting;
    private int spares;
    private int removing;
    private volatile long lastProgress = System.nanoTime();
    private boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param home the directory in which shells start
     * @param sparesPerKind of each kind, how many may wait to be taken; if it is empty, as many as it takes so that nobody waits for
     *     one, up to the engine's CPUs or to how many were in use at once
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
        this.home = home;
        this.sparesPerKind = sparesPerKind;
        this.max = max;
        this.standstill = standstill;
        this.lull = lull;
    }

    /** Announces that containers of a kind will be wanted. */
    public Demand demand(ContainerConfig config) {
        lock.lock();
        try {
            Stock stock = stocks.computeIfAbsent(config, Stock::new);
            stock.demands++;
            return new Demand(this, stock);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a container that nobody has used, and waits for it if it must.
     *
     * @throws EngineException if it cannot be started
     * @throws PoolExhaustedException if there are too many in use, and none of them can come back
     * @throws IllegalStateException if the pool is closed
     */
    public ReadyContainer take(ContainerConfig config, Claimant claimant)
            throws EngineException, PoolExhaustedException, InterruptedException {
        try (Demand demand = demand(config)) {
            return demand.take(claimant, 0);
        }
    }

    ReadyContainer take(Stock stock, Claimant claimant, Runnable announcement)
            throws EngineException, PoolExhaustedException, InterruptedException {
        Waiter waiter = new Waiter(stock, claimant);
        change(() -> {
            stock.asked();
            announcement.run();
            waiters.add(waiter);
        });
        while (true) {
            ReadyContainer container = await(waiter);
            if (!waiter.gotSpare() || container.isAlive()) {
                return container;
            }
            LOG.debug("Spare container {} has died while it waited", container.container().id());
            change(() -> {
                giveBack(container);
                waiter.tryAgain();
                waiters.addFirst(waiter);
            });
        }
    }

    private ReadyContainer await(Waiter waiter) throws EngineException, PoolExhaustedException, InterruptedException {
        try {
            while (true) {
                long since = lastProgress;
                ReadyContainer container = waiter.await(standstill);
                if (container != null) {
                    return container;
                }
                change(() -> {
                    if (since == lastProgress && starting == 0 && removing == 0 && waiters.contains(waiter)) {
                        exhausted(waiter, "No container came back within " + standstill.toSeconds() + " s");
                    }
                });
            }
        } catch (InterruptedException e) {
            change(() -> {
                waiters.remove(waiter);
                ReadyContainer unwanted = waiter.container();
                if (unwanted != null) {
                    giveBack(unwanted);
                }
            });
            throw e;
        }
    }

    /** Takes a used container back and has it removed. Does nothing with one that is not in use. */
    public void release(ReadyContainer container) {
        change(() -> giveBack(container));
    }

    /**
     * Removes all containers, those in use as well, and waits until they are gone. An interrupt ends the wait and stays set; then they
     * go in the background.
     */
    @Override
    public void close() {
        change(() -> {
            closed = true;
            List.copyOf(inUse.keySet()).forEach(this::giveBack);
            stocks.values().forEach(stock -> {
                while (!stock.spares.isEmpty()) {
                    removeSpare(stock);
                }
            });
        });
        try {
            lock.lockInterruptibly();
            try {
                while (starting + removing > 0) {
                    empty.await();
                }
            } finally {
                lock.unlock();
            }
            background.shutdown();
            background.awaitTermination(PoolThreads.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many containers there are, by what happens to them. */
    record Count(int starting, int spares, int inUse, int removing) {
        int alive() {
            return starting + spares + inUse + removing;
        }
    }

    Count count() {
        lock.lock();
        try {
            return new Count(starting, spares, inUse.size(), removing);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a change to what the lock guards, and does what follows from it. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (closed) {
                waiters.forEach(waiter -> waiter.fail(new IllegalStateException("The pool of sandboxes is closed")));
                waiters.clear();
            } else {
                serve();
                failThoseWhoWouldWaitForEver();
                stocks.values().forEach(this::provideSpares);
                stocks.values().removeIf(Stock::isUnused);
            }
            changed.signalAll();
            if (starting + removing == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives spares to those who wait; for the others, starts containers as far as there is room. */
    private void serve() {
        Map<Stock, Integer> unserved = new HashMap<>();
        boolean room = true;
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            Stock stock = waiter.stock;
            ReadyContainer spare = stock.spares.poll();
            if (spare != null) {
                all.remove();
                spares--;
                hand(spare, waiter, true);
            } else if (unserved.merge(stock, 1, Integer::sum) > stock.starting && room) {
                room = makeRoom();
                if (room) {
                    start(stock);
                }
            }
        }
    }

    /** Returns whether there is room for one more container. If not, a spare that nobody wants now makes way, for later. */
    private boolean makeRoom() {
        if (alive() < max) {
            return true;
        }
        if (removing == 0) {
            stocks.values().stream()
                    .filter(stock -> !stock.spares.isEmpty() && waiters.stream().noneMatch(waiter -> waiter.stock == stock))
                    .findFirst()
                    .ifPresent(this::removeSpare);
        }
        return false;
    }

    private int alive() {
        return count().alive();
    }

    private void provideSpares(Stock stock) {
        long wanted = stock.sparesWanted(sparesPerKind, engine.cpus());
        while (stock.spares.size() > wanted) {
            removeSpare(stock);
        }
        long waiting = waiters.stream().filter(waiter -> waiter.stock == stock).count();
        while (!stock.broken
                && stock.spares.size() + stock.starting - waiting < wanted
                && starting < engine.cpus()
                && alive() < max) {
            start(stock);
        }
    }

    private void start(Stock stock) {
        starting++;
        stock.starting++;
        background.execute(() -> {
            awaitLull(stock, () -> firstWaiter(stock) != null);
            if (!isStillWanted(stock)) {
                return;
            }
            long began = System.nanoTime();
            try {
                ReadyContainer container = ReadyContainer.start(engine, stock.config, home);
                change(() -> started(stock, container));
            } catch (EngineException | RuntimeException | Error e) {
                change(() -> startFailed(stock, began, e));
            }
        });
    }

    private void started(Stock stock, ReadyContainer container) {
        starting--;
        stock.starting--;
        stock.broken = false;
        if (closed) {
            remove(container, stock);
            return;
        }
        Waiter waiter = firstWaiter(stock);
        if (waiter != null) {
            waiters.remove(waiter);
            hand(container, waiter, false);
        } else {
            stock.spares.add(container);
            spares++;
        }
    }

    private void startFailed(Stock stock, long began, Throwable failure) {
        starting--;
        stock.starting--;
        stock.broken = true;
        Waiter waiter = firstWaiter(stock);
        if (waiter != null) {
            // The engine may have come back since: for who came later, a new start is made.
            if (waiter.since - began <= 0) {
                waiters.remove(waiter);
                waiter.fail(failure);
            } else {
                LOG.warn("A container could not be started; it is tried again for who came meanwhile", failure);
            }
        } else {
            LOG.warn("No spare container could be started; the next one who wants one is told why, if it fails again", failure);
        }
    }

    private @Nullable Waiter firstWaiter(Stock stock) {
        return waiters.stream().filter(waiter -> waiter.stock == stock).findFirst().orElse(null);
    }

    private void hand(ReadyContainer container, Waiter waiter, boolean spare) {
        lastProgress = System.nanoTime();
        inUse.put(container, waiter);
        waiter.stock.taken();
        waiter.give(container, spare);
    }

    private void giveBack(ReadyContainer container) {
        Waiter user = inUse.remove(container);
        if (user != null) {
            user.stock.givenBack();
            remove(container, user.stock);
        }
    }

    private void removeSpare(Stock stock) {
        spares--;
        remove(stock.spares.remove(), stock);
    }

    private void remove(ReadyContainer container, Stock stock) {
        removing++;
        background.execute(() -> {
            awaitLull(stock, () -> !waiters.isEmpty() && alive() >= max);
            try {
                container.container().close();
            } finally {
                change(() -> {
                    lastProgress = System.nanoTime();
                    removing--;
                });
            }
        });
    }

    /**
     * Waits a moment, so that who has just got a container has the machine for the first commands: to start and to remove containers
     * keeps two CPUs busy.
     */
    private void awaitLull(Stock stock, BooleanSupplier urgent) {
        lock.lock();
        try {
            long nanos = stock.shortened(lull).toNanos();
            while (nanos > 0 && !closed && !urgent.getAsBoolean()) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Looks again at a start that was put off. If nobody wants it any more, it is forgotten. */
    private boolean isStillWanted(Stock stock) {
        lock.lock();
        try {
            boolean wanted = !closed
                    && (firstWaiter(stock) != null
                            || stock.spares.size() + stock.starting <= stock.sparesWanted(sparesPerKind, engine.cpus()));
            if (!wanted) {
                change(() -> {
                    starting--;
                    stock.starting--;
                });
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** If all room is taken by those who end only after one who waits, the last to come is told so. */
    private void failThoseWhoWouldWaitForEver() {
        while (!waiters.isEmpty()
                && alive() == inUse.size()
                && inUse.values().stream().allMatch(user -> whatHoldsUp(user) != null)) {
            exhausted(waiters.getLast(), "It would be waited for for ever");
        }
    }

    private @Nullable Claimant whatHoldsUp(Waiter user) {
        return waiters.stream()
                .map(waiter -> waiter.claimant)
                .filter(user.claimant::outlasts)
                .findFirst()
                .orElse(null);
    }

    private void exhausted(Waiter waiter, String why) {
        List<PoolExhaustedException.User> users = new ArrayList<>();
        inUse.values().forEach(user -> users.add(new PoolExhaustedException.User(user.claimant, whatHoldsUp(user))));
        waiters.remove(waiter);
        waiter.fail(new PoolExhaustedException(waiter.claimant, why, max, users));
    }
}
