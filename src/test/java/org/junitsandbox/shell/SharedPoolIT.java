package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.spec.SandboxSpec;

/** Shells that one thread opens and others use and close. */
@Timeout(60)
class SharedPoolIT {

    private static final SandboxSpec BUSYBOX = SandboxSpec.of("busybox:latest");

    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    @AfterEach
    void endWorkers() {
        workers.shutdownNow();
    }

    @Test
    void waitsForShellsThatWorkersClose() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.max(2))) {
            List<CompletableFuture<String>> jobs = new ArrayList<>();
            for (int job = 0; job < 6; job++) {
                String number = Integer.toString(job);
                Shell shell = pool.open(BUSYBOX);
                jobs.add(CompletableFuture.supplyAsync(() -> printAndClose(shell, number), workers));
            }

            assertThat(jobs).extracting(CompletableFuture::join).containsExactly("0", "1", "2", "3", "4", "5");
        }
    }

    @Test
    void refusesANegativeAnnouncementAndStaysUsable() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT);
                ShellSeries series = pool.series(BUSYBOX)) {
            assertThatThrownBy(() -> series.open(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("-1 more shells are announced: expected 0 or more");

            assertThat(series.open(0).run("echo works").stdout()).isEqualTo("works\n");
        }
    }

    @Test
    void refusesAShellForWhichThereIsNoRoomInTime() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.max(1).spares(0))) {
            Shell first = pool.open(BUSYBOX, Duration.ofSeconds(30));

            assertThat(pool.use()).isEqualTo(new PoolUse(0, 0, 1, 0));
            assertThatThrownBy(() -> pool.open(BUSYBOX, Duration.ofMillis(50)))
                    .isInstanceOf(SandboxPoolExhaustedException.class)
                    .hasMessageContaining(" within 50 ms. Containers: 1 in use, 0 ready, 0 starting, 0 ending.");

            first.close();
            String room = pool.call(BUSYBOX, shell -> shell.run("echo room").stdout());
            assertThat(room).isEqualTo("room\n");
        }
    }

    @Test
    void closesTheShellOfACallThatFails() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.max(1))) {
            assertThatThrownBy(() -> pool.call(BUSYBOX, shell -> {
                        throw new IllegalStateException("meant to fail in " + shell.run("pwd").stdout());
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("meant to fail in /work\n");

            String room = pool.call(BUSYBOX, shell -> shell.run("echo room").stdout());
            assertThat(room).isEqualTo("room\n");
        }
    }

    @Test
    void reportsThatThePoolOfAShellIsClosed() throws InterruptedException {
        SandboxPool pool = new SandboxPool(PoolSize.DEFAULT);
        Shell idle = pool.open(BUSYBOX);
        Shell busy = pool.open(BUSYBOX);
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<CommandResult> command = busy.runAsync(
                Command.of("echo so far; sleep 1000").onOutput((stream, bytes) -> running.countDown()));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        pool.close();

        String closed = ": its pool was closed, which removes the containers of all its shells.";
        assertThatThrownBy(() -> idle.run("true"))
                .isInstanceOf(SandboxLostException.class)
                .hasMessage("Cannot run `true`, as the sandbox was lost before" + closed);
        assertThatThrownBy(command::join)
                .cause()
                .isInstanceOfSatisfying(SandboxLostException.class, lost -> {
                    assertThat(lost).hasMessage(
                            "The sandbox was lost while running `echo so far; sleep 1000`" + closed);
                    assertThat(lost.stdout()).isEqualTo("so far\n");
                });
        idle.close();
        busy.close();
    }

    /** Keeps the shell for longer than it takes the opening thread to ask for the next one. */
    private static String printAndClose(Shell shell, String text) {
        try (shell) {
            return shell.run("sleep 1; printf " + text).stdout();
        }
    }
}
