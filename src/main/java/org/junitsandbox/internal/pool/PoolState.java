package org.junitsandbox.internal.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Kinds;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Rules;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/**
 * What a pool has, what is wanted of it, and so what is to be done. It has no lock, thread, clock or engine: each event
 * is a method, after which {@link #settle} returns what follows. Times are those of {@link System#nanoTime}; they never
 * go back from one call to the next.
 *
 * <p>Acquires are served in the order of asking, except that a spare goes to the first one that it suits.
 */
final class PoolState {

    /** What the pool has to do, without its lock. */
    sealed interface Action {}

    /** Start a container; then comes {@link #ready} or {@link #startFailed}. */
    record Start(Slot slot) implements Action {}

    /** Give a container to the borrower that waits for it. A spare may have died meanwhile. */
    record Give(PendingAcquire acquire, Slot slot, boolean spare) implements Action {}

    /** Clean a container; then comes {@link #ready} or {@link #notRecycled}. */
    record Recycle(Slot slot) implements Action {}

    /** Remove a container; then comes {@link #removed}. */
    record Remove(Slot slot) implements Action {}

    /** End a wait in vain. */
    record Fail(PendingAcquire acquire, Throwable cause) implements Action {}

    /** Log a warning. */
    record Warn(String message, @Nullable Throwable cause) implements Action {}

    private final Rules rules;
    private final Kinds kinds;
    private final AcquireQueue queue = new AcquireQueue();
    private final List<Action> actions = new ArrayList<>();
    private boolean closed;

    PoolState(Rules rules) {
        this.rules = rules;
        this.kinds = new Kinds(rules);
    }

    Reservation reserve(ContainerConfig config) {
        return kinds.of(config).reserve();
    }

    /** What is announced for a reservation is expected no more. A borrower that waits still gets its container. */
    void cancel(Reservation reservation) {
        kinds.of(reservation.config()).cancel(reservation);
    }

    /**
     * Puts a request into the queue.
     *
     * @param more how many more are expected of the reservation
     * @throws IllegalStateException if the reservation is cancelled
     */
    PendingAcquire acquire(Reservation reservation, Borrower borrower, int more, long now) {
        KeyedState kind = kinds.of(reservation.config());
        if (!kind.isOpen(reservation)) {
            throw new IllegalStateException(
                    "No container for " + borrower + ": its shell or its series of shells is closed");
        }
        kind.acquired(reservation, more);
        kinds.forgetRefusal();
        PendingAcquire acquire = new PendingAcquire(kind, borrower, now);
        queue.addLast(acquire);
        return acquire;
    }

    /** The borrower waits no more. What it was given meanwhile is not wanted. */
    void withdraw(PendingAcquire acquire, long now) {
        queue.remove(acquire);
        if (acquire.slot != null) {
            discard(acquire.slot, now);
        }
    }

    /** A spare was found dead when it was given: the borrower waits again, before all others. */
    PendingAcquire acquireInsteadOf(PendingAcquire dead, long now) {
        withdraw(dead, now);
        PendingAcquire again = new PendingAcquire(dead.kind, dead.borrower, dead.since);
        queue.addFirst(again);
        return again;
    }

    /** A container has started or was cleaned. */
    void ready(Slot slot, long now) {
        slot.ready(now);
        if (closed) {
            slot.putOffRemoval(now);
        } else {
            queue.firstFor(slot.kind).ifPresent(first -> give(slot, first, false, now));
        }
    }

    void startFailed(Slot slot, Throwable failure) {
        slot.kind.slots().remove(slot);
        slot.kind.broken = true;
        Optional<PendingAcquire> first = queue.firstFor(slot.kind);
        if (first.isEmpty()) {
            actions.add(new Warn(
                    "No spare container could be started. The next acquire tries again, and fails if that fails.",
                    failure));
        } else if (EngineException.isForWantOfRoom(failure) && kinds.count(Phase.IN_USE) < kinds.alive()) {
            // The acquire gets one that comes back, or the place of one that goes.
            kinds.noteRefusal();
        } else if (first.get().since - slot.startBegan <= 0) {
            fail(first.get(), failure);
        } else {
            // The engine may have come back since.
            actions.add(new Warn("A container could not be started. It is tried again for later acquires.", failure));
        }
    }

    /**
     * A container that was in use is not any more: it is cleaned where that can be proven and it may be wanted again,
     * as it is if {@code isNextAcquired}, and else removed. Does nothing with one that is not in use.
     */
    void giveBack(Slot slot, boolean isNextAcquired, long now) {
        boolean wanted = isNextAcquired || slot.kind.wantsRecycled() || queue.countFor(slot.kind) > 0;
        if (slot.phase == Phase.IN_USE && slot.recyclable && wanted && !closed) {
            slot.recycle(now);
            actions.add(new Recycle(slot));
        } else {
            discard(slot, now);
        }
    }

    /** A container that was in use is not fit for another use. Does nothing with one that is not in use. */
    void discard(Slot slot, long now) {
        if (slot.phase == Phase.IN_USE) {
            slot.putOffRemoval(now);
        }
    }

    void notRecycled(Slot slot, long now) {
        slot.putOffRemoval(now);
        queue.moved(now);
    }

    void removed(Slot slot, long now) {
        slot.kind.slots().remove(slot);
        queue.moved(now);
    }

    /** All containers are removed, one that is being started when it has started. */
    void close(long now) {
        closed = true;
        kinds.slots(Phase.IN_USE).forEach(slot -> discard(slot, now));
        kinds.slots(Phase.SPARE).forEach(slot -> slot.putOffRemoval(now));
    }

    /** Finds a container that is in use. */
    Optional<Slot> slotOf(ReadyContainer container) {
        return kinds.slots(Phase.IN_USE).filter(slot -> slot.holds(container)).findFirst();
    }

    /** How many containers there are, by their phase, if there are any. */
    Map<Phase, Long> counts() {
        return kinds.counts();
    }

    /** How many kinds of containers it knows. */
    int kinds() {
        return (int) kinds.all().count();
    }

    /** Whether a container is being started or removed, or will soon be. */
    boolean isBusy() {
        return kinds.count(Phase.SPARE) + kinds.count(Phase.IN_USE) < kinds.alive();
    }

    /** Decides what is to be done as things are now. */
    List<Action> settle(long now) {
        kinds.all().forEach(kind -> forgetUnwantedStarts(kind, now));
        if (closed) {
            queue.all().forEach(one -> fail(one, new IllegalStateException("The pool of sandboxes is closed")));
        } else {
            serve(now);
            breakDeadlocks();
            kinds.all().forEach(kind -> provideSpares(kind, now));
            warnOfStandstill(now);
        }
        kinds.slots().filter(slot -> isDue(slot, now)).forEach(slot -> begin(slot, now));
        kinds.forget(kind -> kind.isUnused() && queue.countFor(kind) == 0);
        List<Action> decided = List.copyOf(actions);
        actions.clear();
        return decided;
    }

    /** When to settle again even if nothing happens until then. */
    OptionalLong nextSettling(long now) {
        Stream<Long> putOff = kinds.slots().filter(Slot::isPutOff).map(slot -> slot.putOffUntil);
        Stream<Long> impatience = kinds.slots(Phase.RECYCLING)
                .filter(slot -> queue.countFor(slot.kind) > 0)
                .map(slot -> slot.kind.patienceEnds(slot))
                .filter(end -> end - now > 0);
        Stream<Long> warnAt = isStandingStill() ? Stream.of(queue.quietSince() + rules.standstillNanos()) : Stream.of();
        return Stream.of(putOff, impatience, warnAt)
                .flatMap(times -> times)
                .mapToLong(Long::longValue)
                .reduce((one, other) -> one - other <= 0 ? one : other);
    }

    /** Gives spares to borrowers that wait; for the others, has containers started as far as there is room. */
    private void serve(long now) {
        Map<KeyedState, Integer> unserved = new HashMap<>();
        boolean room = true;
        for (PendingAcquire acquire : queue.all()) {
            KeyedState kind = acquire.kind;
            Optional<Slot> spare = kind.firstSpare();
            if (spare.isPresent()) {
                give(spare.get(), acquire, true, now);
            } else if (unserved.merge(kind, 1, Integer::sum) > kind.coming(now) && room) {
                room = makeRoom(now);
                if (room) {
                    kind.addSlot(now);
                }
            }
        }
    }

    private void give(Slot slot, PendingAcquire acquire, boolean spare, long now) {
        queue.remove(acquire);
        slot.phase = Phase.IN_USE;
        slot.borrower = acquire.borrower;
        slot.kind.given();
        acquire.slot = slot;
        queue.moved(now);
        actions.add(new Give(acquire, slot, spare));
    }

    private void fail(PendingAcquire acquire, Throwable cause) {
        queue.remove(acquire);
        actions.add(new Fail(acquire, cause));
    }

    /** Returns whether there is room for one more container. If not, a spare that nobody waits for has to go. */
    private boolean makeRoom(long now) {
        boolean room = kinds.hasRoom();
        if (!room && kinds.count(Phase.REMOVAL_PUT_OFF) + kinds.count(Phase.REMOVING) == 0) {
            Stream<Slot> unwanted = kinds.slots(Phase.SPARE).filter(spare -> queue.countFor(spare.kind) == 0);
            unwanted.findFirst().ifPresent(spare -> spare.putOffRemoval(now));
        }
        return room;
    }

    /** If no container can ever come back, borrowers that cause it fail, the last to come first, until one can. */
    private void breakDeadlocks() {
        List<Borrower> holders = kinds.holders();
        PendingAcquire last;
        while (holders.size() == kinds.alive() && (last = queue.lastInDeadlock(holders)) != null) {
            fail(last, new PoolExhaustedException(last.borrower, rules.max(), queue.describe(holders)));
        }
    }

    private void provideSpares(KeyedState kind, long now) {
        while (kind.count(Phase.SPARE) > kind.sparesKept()) {
            kind.lastSpare().ifPresent(spare -> spare.putOffRemoval(now));
        }
        while (!kind.broken
                && kind.surplus() < queue.countFor(kind)
                && kinds.count(Phase.START_PUT_OFF) + kinds.count(Phase.STARTING) < rules.engineCpus()
                && kinds.hasRoom()) {
            kind.addSlot(now);
        }
    }

    private boolean isStandingStill() {
        return !queue.isEmpty() && !isBusy();
    }

    /** A container may still come back, so nobody fails. */
    private void warnOfStandstill(long now) {
        if (isStandingStill() && now - queue.quietSince() >= rules.standstillNanos()) {
            queue.moved(now);
            String message = queue.describeStandstill(rules.standstillNanos(), rules.max(), kinds.holders());
            actions.add(new Warn(message, null));
        }
    }

    /** Whether what was put off is to be done now, as somebody waits for it or its time has come. */
    private boolean isDue(Slot slot, long now) {
        if (!slot.isPutOff()) {
            return false;
        }
        boolean starts = slot.phase == Phase.START_PUT_OFF;
        boolean awaited = starts ? queue.countFor(slot.kind) > 0 : !queue.isEmpty() && !kinds.hasRoom();
        return closed || awaited || now - slot.putOffUntil >= 0;
    }

    private void begin(Slot slot, long now) {
        if (slot.phase == Phase.START_PUT_OFF) {
            slot.phase = Phase.STARTING;
            slot.startBegan = now;
            actions.add(new Start(slot));
        } else {
            slot.phase = Phase.REMOVING;
            actions.add(new Remove(slot));
        }
    }

    /** Forgets delayed starts that are due but no longer needed. */
    private void forgetUnwantedStarts(KeyedState kind, long now) {
        for (Slot slot : List.copyOf(kind.slots())) {
            boolean wanted = !closed && (queue.countFor(kind) > 0 || kind.surplus() <= 0);
            if (slot.phase == Phase.START_PUT_OFF && isDue(slot, now) && !wanted) {
                kind.slots().remove(slot);
            }
        }
    }
}
