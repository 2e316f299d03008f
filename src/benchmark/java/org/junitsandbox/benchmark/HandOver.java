package org.junitsandbox.benchmark;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Shell;

/** Lets a benchmark step through the tests of {@link HandOverCase}, which JUnit runs in a thread of its own. */
final class HandOver {

    /** One: JUnit makes the test's instance by itself, so the two meet in a static place. */
    static final HandOver INSTANCE = new HandOver();

    private static final int LIMIT_SECONDS = 60;

    private final SynchronousQueue<Shell> usable = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> mayEnd = new SynchronousQueue<>();
    private CompletableFuture<Void> tests;

    private HandOver() {}

    /** Starts the tests, and returns the first one's shell. */
    Shell start() throws InterruptedException {
        tests = CompletableFuture.runAsync(
                () -> JUnitRun.of(HandOverCase.class, HandOverCase.TESTS, Map.of()),
                task -> new Thread(task, "junit").start());
        return nextUsable();
    }

    /** Lets the current test end, and returns the next one's shell. */
    Shell next() throws InterruptedException {
        mayEnd.put(true);
        return nextUsable();
    }

    /** Lets the last test end, and waits for JUnit. */
    void finish() throws InterruptedException {
        mayEnd.put(true);
        try {
            tests.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The tests failed", e.getCause());
        }
    }

    /** Called by a test when its shell can be used; returns when the test is to end. */
    void meet(Shell shell) throws InterruptedException {
        usable.put(shell);
        mayEnd.take();
    }

    private Shell nextUsable() throws InterruptedException {
        Shell shell = usable.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (shell == null) {
            throw new IllegalStateException("No test came within " + LIMIT_SECONDS + " s: " + tests);
        }
        return shell;
    }
}
