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
 * A sandbox that reaches its engine by a way of its own, where a fault can be had at any step. One thread uses it at a
 * time.
 */
final class FaultScenario implements AutoCloseable {

    static final SandboxSpec SPEC = SandboxSpec.of("busybox:latest");

    private final FaultPoint point;
    private final LoopbackProxy proxy;
    private final ContainerEngine engine;
    private @Nullable Shell shell;
    private volatile String container = "";
    private volatile boolean leftInterrupted;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable Thread worker;
    private @Nullable CompletableFuture<@Nullable Object> work;

    /** Makes a sandbox ready to go to a step. */
    FaultScenario(DedicatedEngine own, FaultPoint point, Duration callLimit) throws IOException, EngineException {
        this.point = point;
        proxy = own.proxy();
        engine = proxy.engine(callLimit);
        if (!point.opens()) {
            point.prepare(shell());
            container = idOf(own, shell());
        }
    }

    /** The whole id of a shell's container. */
    static String idOf(DedicatedEngine own, Shell shell) {
        String shortId = shell.run("cat /etc/hostname").stdout().strip();
        return own.client().inspectContainerCmd(shortId).exec().getId();
    }

    /** Its shell, which is opened if there is none. */
    Shell shell() {
        if (shell == null) {
            shell = ShellAccess.open(SPEC, engine);
        }
        return shell;
    }

    FaultPoint point() {
        return point;
    }

    /** The id of the container that was struck, or that was there before. */
    String container() {
        return container;
    }

    /** Has a thread of its own do what leads through the step, and the fault strike there. */
    void go(TrafficFilter.Strike strike) {
        go(strike, false);
    }

    /** The same, but with a thread that is interrupted already. */
    void goInterrupted() {
        go(connection -> {}, true);
    }

    private void go(TrafficFilter.Strike strike, boolean interrupted) {
        point.strike(proxy, connection -> {
            container = connection.container();
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
        }, "station " + point);
        worker.start();
    }

    /** The same, but has the work wait at the step until {@link #release}. */
    void goAndWait() {
        go(connection -> {
            reached.countDown();
            released.await();
        });
    }

    void awaitReached(Duration limit) throws InterruptedException {
        boolean isThere = reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(isThere)
                .as(
                        "it gets to be %s; what came of its work: %s",
                        point, Objects.requireNonNull(work).getNow("nothing yet"))
                .isTrue();
    }

    void release() {
        released.countDown();
    }

    Thread worker() {
        return Objects.requireNonNull(worker);
    }

    /** Waits for what comes of the work: what it returned or what it threw. */
    @Nullable Object outcome(Duration limit) throws InterruptedException {
        try {
            return Objects.requireNonNull(work).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("Hangs for more than " + limit + " " + point);
            hangs.setStackTrace(worker().getStackTrace());
            throw hangs;
        }
    }

    /** Whether the work's thread was interrupted at its end. */
    boolean leftInterrupted() {
        return leftInterrupted;
    }

    /** From now on, nothing is tampered with. */
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
