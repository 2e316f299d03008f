package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A sandbox whose traffic to the engine passes a proxy of its own, so that a fault can be injected at any
 * {@link FaultPoint}. Not thread-safe.
 */
final class FaultScenario implements AutoCloseable {

    static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest");

    private final FaultPoint point;
    private final LoopbackProxy proxy;
    private final ContainerEngine engine;
    private @Nullable Shell shell;
    private volatile String container = "";
    private volatile boolean struck;
    private volatile boolean leftInterrupted;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable Thread worker;
    private @Nullable CompletableFuture<@Nullable Object> work;

    /** Prepares a sandbox for work that leads to {@code point}. */
    FaultScenario(DedicatedEngine dedicated, FaultPoint point, Duration callLimit) throws IOException, EngineException {
        this.point = point;
        proxy = dedicated.proxy();
        engine = proxy.engine(callLimit);
        if (!point.opens()) {
            point.prepare(shell());
            container = idOf(dedicated, shell());
        }
    }

    /** Returns the full id of a shell's container. */
    static String idOf(DedicatedEngine dedicated, Shell shell) {
        String shortId = shell.run("cat /etc/hostname").stdout().strip();
        return dedicated.client().inspectContainerCmd(shortId).exec().getId();
    }

    /** Returns the shell, opened at the first call. */
    Shell shell() {
        if (shell == null) {
            shell = ShellAccess.open(point.spec(), engine);
        }
        return shell;
    }

    FaultPoint point() {
        return point;
    }

    /** Returns the id of the container that the fault struck; before the fault, that of the shell's container. */
    String container() {
        return container;
    }

    /** Returns whether the fault has struck. */
    boolean isStruck() {
        return struck;
    }

    /** Starts the work in another thread; the fault strikes when the work reaches the fault point. */
    void go(TrafficFilter.Strike strike) {
        go(strike, false);
    }

    /** Starts the work in a thread that is already interrupted; no fault strikes. */
    void goInterrupted() {
        go(connection -> {}, true);
    }

    private void go(TrafficFilter.Strike strike, boolean interrupted) {
        point.strike(proxy, connection -> {
            container = connection.container();
            struck = true;
            strike.at(connection);
        });
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        work = result;
        worker = new Thread(() -> {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            @Nullable Object end;
            try {
                end = point.opens() ? shell() : point.work(shell());
            } catch (RuntimeException | Error e) {
                end = e;
            }
            leftInterrupted = Thread.currentThread().isInterrupted();
            result.complete(end);
        }, "fault scenario: " + point);
        worker.start();
    }

    /** Starts the work and makes it wait at the fault point until {@link #release}. */
    void goAndWait() {
        go(connection -> {
            reached.countDown();
            released.await();
        });
    }

    /**
     * Starts the work and interrupts its thread at the fault point. What goes to the engine there waits until the
     * thread has seen that, or for {@link #release}: it could end the work before.
     */
    void goAndInterrupt() {
        go(connection -> {
            worker().interrupt();
            boolean isReleased;
            do {
                isReleased = released.await(1, TimeUnit.MILLISECONDS);
            } while (worker().isInterrupted() && !isReleased);
        });
    }

    void awaitReached(Duration limit) throws InterruptedException {
        boolean isThere = reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(isThere)
                .as(
                        "the fault point '%s' was reached; outcome of the work so far: %s",
                        point, Objects.requireNonNull(work).getNow("none"))
                .isTrue();
    }

    void release() {
        released.countDown();
    }

    Thread worker() {
        return Objects.requireNonNull(worker);
    }

    /** Waits for the end of the work and returns its result or what it threw. */
    @Nullable Object outcome(Duration limit) throws InterruptedException {
        try {
            return Objects.requireNonNull(work).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("Still running after " + limit + ", fault point: " + point);
            hangs.setStackTrace(worker().getStackTrace());
            throw hangs;
        }
    }

    /** Returns whether the work's thread was still marked as interrupted at its end. */
    boolean leftInterrupted() {
        return leftInterrupted;
    }

    /** Lets all traffic pass unchanged from now on. */
    void heal() {
        proxy.filterToEngine(TrafficFilter.NONE);
        proxy.filterToClient(TrafficFilter.NONE);
    }

    @Override
    public void close() throws IOException {
        release();
        heal();
        if (shell != null) {
            shell.close();
        }
        proxy.close();
    }
}
