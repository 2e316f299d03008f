package org.junitsandbox.shell;

import java.util.OptionalInt;

/**
 * How many containers a {@link SandboxPool} may have. Immutable; the methods of a setting's name return a changed copy.
 *
 * @param spares of each spec, how many containers may be ready and wait; empty for as many as it takes so that nobody
 *     waits for one, but no more than the engine has CPUs or than were in use at once. 0 means that none is started
 *     ahead.
 * @param max how many containers may live at once, whether they start, wait, are in use or are being removed; empty for
 *     eight for each of the engine's CPUs, and 16 at least
 * @since 0.1
 */
public record PoolSize(OptionalInt spares, OptionalInt max) {

    /** Both as the engine and the tests need them. */
    public static final PoolSize DEFAULT = new PoolSize(OptionalInt.empty(), OptionalInt.empty());

    private static final int LEAST_MAX = 16;

    private static final int MAX_PER_CPU = 8;

    public PoolSize {
        if (spares.isPresent() && spares.getAsInt() < 0) {
            throw new IllegalArgumentException("The number of spares is " + spares.getAsInt() + ": expected 0 or more");
        }
        if (max.isPresent() && max.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "The most containers at once are " + max.getAsInt() + ": expected 1 or more");
        }
    }

    /** Sets how many containers of each spec may wait. */
    public PoolSize spares(int number) {
        return new PoolSize(OptionalInt.of(number), max);
    }

    /** Sets how many containers may live at once. */
    public PoolSize max(int number) {
        return new PoolSize(spares, OptionalInt.of(number));
    }

    int maxFor(int engineCpus) {
        return max.orElse(Math.max(LEAST_MAX, MAX_PER_CPU * engineCpus));
    }
}
