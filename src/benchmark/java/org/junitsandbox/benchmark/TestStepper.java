package org.junitsandbox.benchmark;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Shell;

/** Lets a benchmark step through the tests of {@link SteppedCase}, which JUnit runs in another thread. */
final class TestStepper {

    /** The only instance: JUnit creates the test's instance itself, so benchmark and test meet in a static field. */
    static final TestStepper INSTANCE = new TestStepper();

    private static final int LIMIT_SECONDS = 60;

    private final SynchronousQueue<Shell> usable = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> permission = new SynchronousQueue<>();
    private CompletableFuture<Void> tests;

    private TestStepper() {}

    /** Starts the tests and returns the shell of the first one. */
    Shell start() throws InterruptedException {
        tests = CompletableFuture.runAsync(
                () -> JUnitRun.of(SteppedCase.class, SteppedCase.TESTS, Map.of()),
                task -> new Thread(task, "junit").start());
        return nextUsable();
    }

    /** Lets the current test end and returns the shell of the next one. */
    Shell next() throws InterruptedException {
        permission.put(true);
        return nextUsable();
    }

    /** Lets the last test end and waits for JUnit. */
    void finish() throws InterruptedException {
        permission.put(true);
        try {
            tests.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The tests failed", e.getCause());
        }
    }

    /** Hands over a test's shell; returns when the test may end. */
    void handOver(Shell shell) throws InterruptedException {
        usable.put(shell);
        permission.take();
    }

    private Shell nextUsable() throws InterruptedException {
        Shell shell = usable.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (shell == null) {
            throw new IllegalStateException("No test handed over a shell within " + LIMIT_SECONDS + " s: " + tests);
        }
        return shell;
    }
}
