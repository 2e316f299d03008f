package org.junitsandbox.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Rules;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** The state of a pool with a clock, an engine and borrowers that do what a test lets them do. */
final class DrivenPool {

    static final long LULL = 1_000;
    static final long STANDSTILL = 300_000_000_000L;
    static final long PATIENCE = 100_000_000L;
    static final int CPUS = 2;

    static final ContainerConfig RED = config("red");
    static final ContainerConfig BLUE = config("blue");

    final PoolState state;

    /** What the pool asked for and has not got, the oldest first. */
    final Deque<Slot> toStart = new ArrayDeque<>();

    final Deque<Slot> toRecycle = new ArrayDeque<>();
    final Deque<Slot> toRemove = new ArrayDeque<>();
    final List<PoolState.Give> given = new ArrayList<>();
    final Map<PendingAcquire, Throwable> failed = new HashMap<>();
    final List<String> warnings = new ArrayList<>();

    private long now = Long.MAX_VALUE - 10;

    private DrivenPool(OptionalInt spares, int max, boolean keepsRecyclable) {
        this.state = new PoolState(new Rules(spares, CPUS, max, LULL, STANDSTILL, PATIENCE, keepsRecyclable));
    }

    static DrivenPool ofMax(int max) {
        return new DrivenPool(OptionalInt.empty(), max, false);
    }

    /** Keeps containers that can be proven clean until it is closed. */
    static DrivenPool ofRecycled(int max) {
        return new DrivenPool(OptionalInt.of(0), max, true);
    }

    static DrivenPool ofSpares(int spares) {
        return new DrivenPool(OptionalInt.of(spares), 100, false);
    }

    static ContainerConfig config(String image) {
        return ContainerConfig.builder(image, List.of("/bin/sh")).build();
    }

    /** Keeps what it has until its path has got all it waits for, and those below it. */
    static Borrower path(String path) {
        return Borrower.inScope(path, path, path);
    }

    PendingAcquire acquire(Reservation reservation, Borrower borrower, int more) {
        PendingAcquire acquire = state.acquire(reservation, borrower, more, now);
        settle();
        return acquire;
    }

    /** Acquires and gets a container; all else is put off. */
    Slot take(Reservation reservation, Borrower borrower, int more) {
        PendingAcquire acquire = acquire(reservation, borrower, more);
        if (acquire.slot == null) {
            finishStart();
        }
        return slotOf(acquire);
    }

    Slot slotOf(PendingAcquire acquire) {
        return given.stream()
                .filter(give -> give.acquire() == acquire)
                .map(PoolState.Give::slot)
                .findFirst()
                .orElseThrow(() -> new AssertionError("got nothing"));
    }

    boolean isWaiting(PendingAcquire acquire) {
        return given.stream().noneMatch(give -> give.acquire() == acquire) && !failed.containsKey(acquire);
    }

    Slot finishStart() {
        Slot slot = toStart.removeFirst();
        state.ready(slot, now);
        settle();
        return slot;
    }

    void failStart(String message) {
        state.startFailed(toStart.removeFirst(), new IllegalStateException(message));
        settle();
    }

    /** The engine allows no more containers than there are. */
    void refuseStart() {
        state.startFailed(toStart.removeFirst(), new EngineException(Fault.NO_ROOM, "quota", null));
        settle();
    }

    /** Gives back a container that can be proven clean. */
    void giveBackRecyclable(Slot slot) {
        slot.recyclable = true;
        giveBack(slot);
    }

    /** Gives back a container that can be proven clean, before another is taken in its place. */
    void exchangeRecyclable(Slot slot) {
        slot.recyclable = true;
        state.giveBack(slot, true, now);
        settle();
    }

    void discard(Slot slot) {
        state.discard(slot, now);
        settle();
    }

    Slot finishRecycling() {
        Slot slot = toRecycle.removeFirst();
        state.ready(slot, now);
        settle();
        return slot;
    }

    void failRecycling() {
        state.notRecycled(toRecycle.removeFirst(), now);
        settle();
    }

    void giveBack(Slot slot) {
        state.giveBack(slot, false, now);
        settle();
    }

    void finishRemoval() {
        state.removed(toRemove.removeFirst(), now);
        settle();
    }

    void cancel(Reservation reservation) {
        state.cancel(reservation);
        settle();
    }

    void withdraw(PendingAcquire acquire) {
        state.withdraw(acquire, now);
        settle();
    }

    void close() {
        state.close(now);
        settle();
    }

    void pass(long time) {
        now += time;
        settle();
    }

    /** The time until the state has to be settled again. */
    OptionalLong untilNextSettling() {
        return state.nextSettling(now).stream().map(time -> time - now).findFirst();
    }

    private void settle() {
        for (PoolState.Action action : state.settle(now)) {
            if (action instanceof PoolState.Start start) {
                toStart.addLast(start.slot());
            } else if (action instanceof PoolState.Recycle recycle) {
                toRecycle.addLast(recycle.slot());
            } else if (action instanceof PoolState.Remove remove) {
                toRemove.addLast(remove.slot());
            } else if (action instanceof PoolState.Give give) {
                given.add(give);
            } else if (action instanceof PoolState.Fail fail) {
                failed.put(fail.acquire(), fail.cause());
            } else if (action instanceof PoolState.Warn warn) {
                warnings.add(warn.message());
            }
        }
    }
}
