package org.junitsandbox.harness;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition that other threads or processes bring about. */
public final class Eventually {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    private Eventually() {}

    /** Waits until {@code condition} holds, and fails when it does not within {@code limit}. */
    public static void await(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("Not within " + limit + ": " + what);
            }
            Thread.sleep(INTERVAL.toMillis());
        }
    }
}
