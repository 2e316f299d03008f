package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.junitsandbox.internal.engine.ContainerConfig;

/** What a pool has and expects of one kind of container. Guarded by the pool's {@link Monitor}. */
final class Stock {

    final ContainerConfig config;
    private final OptionalInt sparesPerKind;
    private final int engineCpus;
    final Deque<ReadyContainer> spares = new ArrayDeque<>();

    /** How many are being started, for whom ever. */
    int starting;

    /** How many are in use. */
    private int inUse;

    private int mostInUse;

    /** How many open {@link Reservation}s there are, and how many takes they announce. */
    int demands;

    long expected;

    /** How often a take that was expected found no spare. */
    private int misses;

    /** The last attempt to start one failed. Another one is made when one is asked for, and its error is told then. */
    boolean broken;

    /**
     * @param sparesPerKind how many spares to have at most; if it is empty, as many as it takes
     */
    Stock(ContainerConfig config, OptionalInt sparesPerKind, int engineCpus) {
        this.config = config;
        this.sparesPerKind = sparesPerKind;
        this.engineCpus = engineCpus;
    }

    void taken() {
        inUse++;
        mostInUse = Math.max(mostInUse, inUse);
    }

    void givenBack() {
        inUse--;
    }

    void asked() {
        // The first one could not be foreseen.
        if (expected > 0 && mostInUse > 0 && spares.isEmpty()) {
            misses++;
        }
    }

    /** Returns the part of a lull that is left: it halves each time a spare came too late. */
    Duration shortened(Duration lull) {
        return lull.dividedBy(1L << Math.min(misses, Long.SIZE - 2));
    }

    /** How many spares there should be, ready or on their way. */
    long sparesWanted() {
        return Math.min(expected, sparesPerKind.orElse(Math.min(1 + misses, Math.max(engineCpus, mostInUse))));
    }

    boolean isUnused() {
        return demands == 0 && inUse == 0 && starting == 0 && spares.isEmpty();
    }
}
