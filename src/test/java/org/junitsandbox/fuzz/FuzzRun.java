package org.junitsandbox.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The cases of one run of a property test, each with a seed of its own: the first case's is that of the run, and each
 * later one's is one more. So a run with a case's seed begins with that case.
 *
 * <p>A build has always the same number of the same cases, so that it fails for what was changed only.
 * {@code -Dfuzz.minutes=…} says how long to run instead, with a first seed that is a new one each time;
 * {@code -Dfuzz.seed=…} sets it.
 */
public final class FuzzRun {

    private static final int MOST_FAILURES = 10;

    private static final long SEED_OF_BUILDS = 1;

    private final Class<?> test;
    private final int cases;
    private final @Nullable Integer minutes = Integer.getInteger("fuzz.minutes");
    private final long start = System.nanoTime();
    private final long firstSeed;
    private final List<String> failures = new ArrayList<>();
    private int count;

    /**
     * @param cases how many there are, where no time is set
     */
    public FuzzRun(Class<?> test, int cases) {
        this.test = test;
        this.cases = cases;
        this.firstSeed = Long.getLong(
                "fuzz.seed", minutes == null ? SEED_OF_BUILDS : new SplittableRandom().nextInt(Integer.MAX_VALUE));
        System.out.println(test.getSimpleName() + ": the first seed is " + firstSeed + ", " + extent());
    }

    private String extent() {
        return minutes == null ? "for " + cases + " cases" : "for " + minutes + " minutes";
    }

    private long elapsedNanos() {
        return System.nanoTime() - start;
    }

    /** Whether there is another case. */
    public boolean goesOn() {
        return failures.size() < MOST_FAILURES
                && (minutes == null ? count < cases : elapsedNanos() < Duration.ofMinutes(minutes).toNanos());
    }

    /** The seed of the next case. */
    public long nextSeed() {
        return firstSeed + count++;
    }

    /** Takes down that the case of a seed failed, and how; the run goes on. */
    public void failed(long seed, String how) {
        String failure = "Seed " + seed + ": " + how + "\nTo repeat it: -Dfuzz.seed=" + seed + " -D"
                + (test.getSimpleName().endsWith("IT") ? "it.test=" : "test=") + test.getSimpleName();
        System.out.println(failure);
        failures.add(failure);
    }

    /** Fails if a case did. */
    public void end() {
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
