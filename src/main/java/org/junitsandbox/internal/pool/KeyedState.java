package org.junitsandbox.internal.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;

/** What a pool has and expects of one kind of container. Part of {@link PoolState}, and guarded as that is. */
final class KeyedState {

    private final ContainerConfig config;
    private final Rules rules;
    private final List<Slot> slots = new ArrayList<>();

    /** How many more acquires are expected of each open reservation. */
    private final Map<Reservation, Integer> announced = new HashMap<>();

    private int mostInUse;

    /** How often an acquire that was expected found no spare. */
    private int misses;

    /** How long the last start took; 0 if none has ended well. */
    private long lastStartNanos;

    /** Whether the last start failed. Then no spare is started; an acquire starts one, and fails if that fails. */
    boolean broken;

    /**
     * How many containers there may be, and when to do what is not urgent.
     *
     * @param sparesPerKind how many spares of each kind; if it is empty, as many as it takes so that none is missed
     * @param max how many may live at once
     * @param lullNanos for how long to put off a start or a removal that nobody waits for: both keep two CPUs busy, and
     *     a borrower that has just got a container has the machine for its first commands then
     * @param standstillNanos for how long nothing comes back before a warning is logged
     * @param patienceNanos for how long at least to wait for a clean-up before a container is started instead
     * @param keepsRecyclable whether a container that can be proven clean is kept although no acquire is expected
     */
    record Rules(
            OptionalInt sparesPerKind,
            int engineCpus,
            int max,
            long lullNanos,
            long standstillNanos,
            long patienceNanos,
            boolean keepsRecyclable) {}

    enum Phase {
        START_PUT_OFF,
        STARTING,
        SPARE,
        IN_USE,
        RECYCLING,
        REMOVAL_PUT_OFF,
        REMOVING
    }

    /** The place of one container in the pool, from the decision to start it until it is gone. */
    static final class Slot {

        final KeyedState kind;
        Phase phase = Phase.START_PUT_OFF;

        /** Until when its start or its removal is put off, if it is. */
        long putOffUntil;

        /** When its start began. */
        long startBegan;

        /** When its clean-up began, if one did. */
        long recyclingBegan;

        /** Whether its container can be proven clean after its use. */
        boolean recyclable;

        /** The one that uses the container or used it last; null if it was never in use. */
        @Nullable Borrower borrower;

        private @Nullable ReadyContainer container;

        private Slot(KeyedState kind, long now) {
            this.kind = kind;
            this.putOffUntil = kind.endOfLull(now);
        }

        void putOffRemoval(long now) {
            phase = Phase.REMOVAL_PUT_OFF;
            putOffUntil = kind.endOfLull(now);
        }

        boolean isPutOff() {
            return phase == Phase.START_PUT_OFF || phase == Phase.REMOVAL_PUT_OFF;
        }

        ContainerConfig config() {
            return kind.config;
        }

        /** The container has started or was cleaned. */
        void ready(long now) {
            if (phase == Phase.STARTING) {
                kind.lastStartNanos = now - startBegan;
            }
            kind.broken = false;
            phase = Phase.SPARE;
        }

        void recycle(long now) {
            phase = Phase.RECYCLING;
            recyclingBegan = now;
        }

        /** Sets the container, when it has started or was cleaned. */
        void fill(ReadyContainer ready) {
            container = ready;
            recyclable = ready.isRecyclable();
        }

        ReadyContainer container() {
            return Objects.requireNonNull(container, "the container has not started");
        }

        boolean holds(ReadyContainer other) {
            return other.equals(container);
        }
    }

    /** All kinds of containers that a pool knows, in the order in which they became known. */
    static final class Kinds {

        private final Map<ContainerConfig, KeyedState> kinds = new LinkedHashMap<>();
        private final Rules rules;

        /** How many containers may live at once: fewer than by the rules where the engine has refused one. */
        private int max;

        Kinds(Rules rules) {
            this.rules = rules;
            this.max = rules.max();
        }

        KeyedState of(ContainerConfig config) {
            return kinds.computeIfAbsent(config, key -> new KeyedState(key, rules));
        }

        Stream<KeyedState> all() {
            return kinds.values().stream();
        }

        void forget(Predicate<KeyedState> unwanted) {
            kinds.values().removeIf(unwanted);
        }

        Stream<Slot> slots() {
            return all().flatMap(kind -> kind.slots.stream());
        }

        Stream<Slot> slots(Phase phase) {
            return slots().filter(slot -> slot.phase == phase);
        }

        /** How many containers there are, by their phase, if there are any. */
        Map<Phase, Long> counts() {
            return slots().collect(Collectors.groupingBy(slot -> slot.phase, Collectors.counting()));
        }

        int count(Phase phase) {
            return (int) slots(phase).count();
        }

        int alive() {
            return (int) slots().count();
        }

        boolean hasRoom() {
            return alive() < max;
        }

        /** The engine has refused more containers than there are. */
        void noteRefusal() {
            max = Math.max(1, alive());
        }

        /** The engine may allow more by now. */
        void forgetRefusal() {
            max = rules.max();
        }

        /** The borrowers of the containers in use. */
        List<Borrower> holders() {
            return slots(Phase.IN_USE)
                    .flatMap(slot -> Stream.ofNullable(slot.borrower))
                    .toList();
        }
    }

    KeyedState(ContainerConfig config, Rules rules) {
        this.config = config;
        this.rules = rules;
    }

    List<Slot> slots() {
        return slots;
    }

    /** Adds a slot whose start is put off. */
    void addSlot(long now) {
        slots.add(new Slot(this, now));
    }

    /** A lull halves with each spare that was missed. */
    private long endOfLull(long now) {
        return now + (rules.lullNanos() >> Math.min(misses, Long.SIZE - 2));
    }

    int count(Phase phase) {
        return (int) slots.stream().filter(slot -> slot.phase == phase).count();
    }

    int starting() {
        return count(Phase.START_PUT_OFF) + count(Phase.STARTING);
    }

    /**
     * Until when a clean-up that has begun is waited for: as long as a start takes. On a busy machine both are slow,
     * and a start, which keeps two CPUs busy, would make all the others slower.
     */
    long patienceEnds(Slot slot) {
        return slot.recyclingBegan + Math.max(rules.patienceNanos(), lastStartNanos);
    }

    /** How many containers will soon be ready. */
    int coming(long now) {
        return starting()
                + (int) slots.stream()
                        .filter(slot -> slot.phase == Phase.RECYCLING && now - patienceEnds(slot) < 0)
                        .count();
    }

    Optional<Slot> firstSpare() {
        return slots.stream().filter(slot -> slot.phase == Phase.SPARE).findFirst();
    }

    /** The spare that is worth the least: one that cannot be cleaned after its use, if there is one. */
    Optional<Slot> lastSpare() {
        return slots.stream()
                .filter(slot -> slot.phase == Phase.SPARE)
                .min(Comparator.comparing((Slot slot) -> slot.recyclable));
    }

    Reservation reserve() {
        Reservation reservation = new Reservation(config);
        announced.put(reservation, 0);
        return reservation;
    }

    void cancel(Reservation reservation) {
        announced.remove(reservation);
    }

    boolean isOpen(Reservation reservation) {
        return announced.containsKey(reservation);
    }

    /**
     * Takes note of an acquire.
     *
     * @param more how many more are expected of the reservation
     */
    void acquired(Reservation reservation, int more) {
        // The first one could not be foreseen.
        if (expected() > 0 && mostInUse > 0 && firstSpare().isEmpty() && count(Phase.RECYCLING) == 0) {
            misses++;
        }
        announced.put(reservation, more);
    }

    void given() {
        mostInUse = Math.max(mostInUse, count(Phase.IN_USE));
    }

    /** How many spares there are, ready or on their way, beyond what is wanted; negative if some are missing. */
    long surplus() {
        return count(Phase.SPARE) + count(Phase.RECYCLING) + starting() - sparesWanted();
    }

    /** How many spares may stay: to keep one costs less than to start another. */
    long sparesKept() {
        long recyclable = slots.stream()
                .filter(slot -> slot.phase == Phase.SPARE && slot.recyclable)
                .count();
        return rules.keepsRecyclable() ? Math.max(recyclable, sparesWanted()) : sparesWanted();
    }

    /** Whether a container that comes back is to be cleaned, if it can be, and not to be removed. */
    boolean wantsRecycled() {
        return rules.keepsRecyclable() || expected() > 0;
    }

    long sparesWanted() {
        int atMost = rules.sparesPerKind().orElse(Math.min(1 + misses, Math.max(rules.engineCpus(), mostInUse)));
        return Math.min(expected(), atMost);
    }

    private long expected() {
        return announced.values().stream().mapToLong(Integer::longValue).sum();
    }

    boolean isUnused() {
        return announced.isEmpty() && slots.isEmpty();
    }
}
