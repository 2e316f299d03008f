package org.junitsandbox.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what happens by itself. */
public final class Eventually {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Waits until what is found meets a condition. Fails with what was found last if that takes longer than
     * {@code limit}.
     *
     * @param expected what is expected to happen, for the message
     */
    public static <T> void await(String expected, Duration limit, Callable<T> find, Predicate<? super T> condition)
            throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T found = find.call();
            if (condition.test(found)) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError(
                        "Not within " + limit.toSeconds() + " s: " + expected + ". Found at the end: " + found);
            }
            Thread.sleep(INTERVAL.toMillis());
        }
    }
}
