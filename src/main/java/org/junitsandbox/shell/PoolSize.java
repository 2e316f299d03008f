package org.junitsandbox.shell;

import java.util.OptionalInt;

/**
 * How many containers a {@link SandboxPool} may have. Immutable; the methods with a parameter return a changed copy.
 *
 * @param spares how many containers of each spec are kept ready while more of its shells are announced; 0 starts none
 *     ahead. If it is empty, as many as it takes so that no caller waits for a start, but no more than the engine has
 *     CPUs or than were in use at once.
 * @param max how many containers may live at once: being started, ready, in use and being removed. If it is empty,
 *     eight for each of the engine's CPUs, and at least 16.
 * @since 0.1
 */
public record PoolSize(OptionalInt spares, OptionalInt max) {

    /** Both numbers are found by what the engine has and what is opened. */
    public static final PoolSize DEFAULT = new PoolSize(OptionalInt.empty(), OptionalInt.empty());

    private static final int MIN_DEFAULT_MAX = 16;

    private static final int DEFAULT_MAX_PER_CPU = 8;

    /**
     * Makes a size.
     *
     * @param spares see {@link #spares()}
     * @param max see {@link #max()}
     * @throws IllegalArgumentException if {@code spares} is negative or {@code max} is less than 1
     */
    public PoolSize {
        if (spares.isPresent() && spares.getAsInt() < 0) {
            throw new IllegalArgumentException("The number of spares is " + spares.getAsInt() + ": expected 0 or more");
        }
        if (max.isPresent() && max.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "The maximum number of containers is " + max.getAsInt() + ": expected 1 or more");
        }
    }

    /**
     * Sets how many containers of each spec are kept ready.
     *
     * @param number 0 for none
     * @return a changed copy
     * @throws IllegalArgumentException if {@code number} is negative
     */
    public PoolSize spares(int number) {
        return new PoolSize(OptionalInt.of(number), max);
    }

    /**
     * Sets how many containers may live at once.
     *
     * @param number 1 or more
     * @return a changed copy
     * @throws IllegalArgumentException if {@code number} is less than 1
     */
    public PoolSize max(int number) {
        return new PoolSize(spares, OptionalInt.of(number));
    }

    int maxFor(int engineCpus) {
        return max.orElse(Math.max(MIN_DEFAULT_MAX, DEFAULT_MAX_PER_CPU * engineCpus));
    }
}
