package org.junitsandbox.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The cases of one run of a property test. Each case has its own seed, one higher than that of the case before, so a
 * run that starts with a case's seed begins with that case.
 *
 * <p>A build always runs the same cases, so that only a change of the code can make it fail. With {@code
 * -Dfuzz.minutes=…}, a run lasts that long and starts with a random seed. {@code -Dfuzz.seed=…} sets the first seed.
 */
public final class FuzzRun {

    private static final int MAX_FAILURES = 10;

    private static final long BUILD_SEED = 1;

    private final Class<?> test;
    private final int cases;
    private final @Nullable Integer minutes = Integer.getInteger("fuzz.minutes");
    private final long start = System.nanoTime();
    private final long firstSeed;
    private final List<String> failures = new ArrayList<>();
    private int count;

    /**
     * @param cases the number of cases if {@code fuzz.minutes} is not set
     */
    public FuzzRun(Class<?> test, int cases) {
        this.test = test;
        this.cases = cases;
        this.firstSeed = Long.getLong(
                "fuzz.seed", minutes == null ? BUILD_SEED : new SplittableRandom().nextInt(Integer.MAX_VALUE));
        System.out.println(test.getSimpleName() + ": the first seed is " + firstSeed + ", " + extent());
    }

    private String extent() {
        return minutes == null ? "for " + cases + " cases" : "for " + minutes + " minutes";
    }

    private long elapsedNanos() {
        return System.nanoTime() - start;
    }

    /** Returns whether there is another case. */
    public boolean hasNext() {
        return failures.size() < MAX_FAILURES
                && (minutes == null ? count < cases : elapsedNanos() < Duration.ofMinutes(minutes).toNanos());
    }

    /** Returns the seed of the next case. */
    public long nextSeed() {
        return firstSeed + count++;
    }

    /** Records and prints the failure of a case; the run continues. */
    public void recordFailure(long seed, String description) {
        String failure = "Seed " + seed + ": " + description + "\nTo repeat it: -Dfuzz.seed=" + seed + " -D"
                + (test.getSimpleName().endsWith("IT") ? "it.test=" : "test=") + test.getSimpleName();
        System.out.println(failure);
        failures.add(failure);
    }

    /** Prints a summary, and throws an AssertionError if a case failed. */
    public void assertNoFailures() {
        System.out.printf(
                "%s: %d cases in %d s, seeds %d to %d, %d failed%n",
                test.getSimpleName(),
                count,
                Duration.ofNanos(elapsedNanos()).toSeconds(),
                firstSeed,
                firstSeed + count - 1,
                failures.size());
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " of " + count + " cases failed.\n\n" + String.join("\n\n",
                    failures));
        }
    }
}
