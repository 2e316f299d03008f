package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Rules;

/** A pool with its threads and a fake engine, and the threads of its borrowers. */
final class PoolUnderTest implements AutoCloseable {

    static final ContainerConfig RED = config("red");
    static final ContainerConfig BLUE = config("blue");

    private static final Duration STANDSTILL = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int CPUS = 2;
    private static final int PERMITS = 1000;

    final FakeEngine engine = new FakeEngine(CPUS);
    private final List<Thread> borrowers = new ArrayList<>();
    private ContainerPool pool = new ContainerPool(engine, "/work", OptionalInt.empty(), 100, true);

    private static ContainerConfig config(String image) {
        return ContainerConfig.builder(image, List.of("/bin/sh")).build();
    }

    static Borrower path(String path) {
        return Borrower.inScope(path, path, path);
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("Not within the test's time limit");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    void max(int max) {
        pool = new ContainerPool(engine, "/work", OptionalInt.empty(), max, true);
    }

    void spares(int number) {
        pool = new ContainerPool(engine, "/work", OptionalInt.of(number), 100, true);
    }

    void lull(Duration lull, OptionalInt spares, int max) {
        pool = new ContainerPool(
                engine,
                "/work",
                new Rules(spares, CPUS, max, lull.toNanos(), STANDSTILL.toNanos(), PATIENCE.toNanos(), true));
    }

    Reservation reserve(ContainerConfig config) {
        return pool.reserve(config);
    }

    void cancel(Reservation reservation) {
        pool.cancel(reservation);
    }

    ReadyContainer acquire(Reservation reservation, Borrower borrower, int more) throws Exception {
        return pool.acquire(reservation, borrower, more, ContainerPool.FOREVER);
    }

    void giveBack(ReadyContainer container) {
        pool.giveBack(container, false);
    }

    Map<Phase, Long> counts() {
        return pool.counts();
    }

    void closePool() {
        pool.close();
    }

    /** Acquires one container, for which nothing was reserved before. */
    ReadyContainer acquire(ContainerConfig config, String borrower) throws Exception {
        Reservation reservation = pool.reserve(config);
        try {
            return pool.acquire(reservation, path(borrower), 0, ContainerPool.FOREVER);
        } finally {
            pool.cancel(reservation);
        }
    }

    /** Acquires in a thread of its own and returns when that thread waits. */
    CompletableFuture<AttachedContainer> later(Callable<ReadyContainer> acquire) {
        CompletableFuture<AttachedContainer> acquired = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                acquired.complete(acquire.call().container());
            } catch (Exception e) {
                acquired.completeExceptionally(e);
            }
        });
        thread.start();
        borrowers.add(thread);
        await(() -> acquired.isDone() || thread.getState() == Thread.State.WAITING);
        return acquired;
    }

    void interruptFirstBorrower() {
        borrowers.get(0).interrupt();
    }

    void awaitCounts(Map<Phase, Long> counts) {
        await(() -> pool.counts().equals(counts));
    }

    void awaitSpare() {
        await(() -> pool.counts().getOrDefault(Phase.SPARE, 0L) == 1);
    }

    /** Waits until the second container is a spare and returns it. */
    FakeEngine.Container spareBeside(ReadyContainer taken) {
        awaitSpare();
        return engine.started().get(engine.started().get(0) == taken.container() ? 1 : 0);
    }

    static Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("sandbox-pool"));
    }

    /** Closes the pool, and checks that nothing is left. */
    @Override
    public void close() {
        engine.letStart(PERMITS);
        engine.letRemove(PERMITS);
        pool.close();
        assertThat(engine.alive()).isZero();
        assertThat(engine.started()).allMatch(FakeEngine.Container::isClosed);
    }
}
