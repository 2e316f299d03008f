package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** Containers that are cleaned in place and given out again. */
@Timeout(120)
class RecyclingIT {

    @ParameterizedTest
    @EnumSource
    void givesACleanedContainerOutAgain(ShellKind kind) {
        Recycling.assumeThatItHappens();
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            String first;
            try (Shell shell = pool.open(kind.spec())) {
                first = Recycling.container(shell);
                shell.run("cd /tmp; x=1; umask 0; echo old >/work/f; echo old >/tmp/f; sleep 1000 & f() { :; }");
                shell.run("(exit 7)");
            }
            try (Shell shell = pool.open(kind.spec())) {
                CommandResult result =
                        shell.run("echo $? \"$PWD\" \"${x-unset}\"; umask; ls -A /work /tmp /dev/shm; f");

                assertThat(result.stdout()).isEqualTo("0 /work unset\n0022\n/dev/shm:\n\n/tmp:\n\n/work:\n");
                assertThat(result.exitCode()).isEqualTo(127);
                assertThat(Recycling.container(shell)).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void cleansTheContainerAtTheFirstReset(ShellKind kind) {
        Recycling.assumeThatItHappens();
        try (Shell shell = Shell.open(kind.spec())) {
            String first = Recycling.container(shell);
            shell.run("echo old >f");
            shell.reset();

            assertThat(shell.run("ls -A").stdout()).isEmpty();
            // A clean-up that takes long is not waited for: its container comes at the second reset.
            if (!Recycling.container(shell).equals(first)) {
                shell.reset();
                assertThat(Recycling.container(shell)).isEqualTo(first);
            }
        }
    }

    @Test
    void resetsInPlace() {
        Recycling.assumeThatItHappens();
        try (Shell shell = Shell.open(SandboxSpec.of("debian:bookworm-slim"))) {
            Set<String> containers = new HashSet<>();
            for (int reset = 0; reset < 20; reset++) {
                assertThat(shell.run("ls -A").stdout()).isEmpty();
                shell.run("echo old >f; sleep 100 &");
                containers.add(Recycling.container(shell));
                shell.reset();
            }

            // A clean-up that takes long is not waited for.
            assertThat(containers).hasSizeLessThan(20);
        }
    }

    @ParameterizedTest
    @MethodSource
    void givesANewContainerWhereNothingCanBeProven(SandboxSpec spec) {
        Cluster.assumeThatItRuns(spec);
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            String first;
            try (Shell shell = pool.open(spec)) {
                first = Recycling.container(shell);
            }
            try (Shell shell = pool.open(spec)) {
                assertThat(Recycling.container(shell)).isNotEqualTo(first);
            }
        }
    }

    static List<SandboxSpec> givesANewContainerWhereNothingCanBeProven() {
        SandboxSpec spec = SandboxSpec.of("debian:bookworm-slim");
        return List.of(
                spec.profile(Profile.TRUSTED),
                spec.profile(Profile.UNTRUSTED.readOnlyRoot(false)),
                spec.profile(Profile.UNTRUSTED.user("0:0")),
                spec.profile(Profile.UNTRUSTED.capabilities(true)),
                spec.profile(Profile.UNTRUSTED.newPrivileges(true)),
                spec.recycle(false));
    }

    @Test
    void removesAContainerWhoseCommandIsStillRunning() throws Exception {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            Shell shell = pool.open(SandboxSpec.of("debian:bookworm-slim"));
            String first = Recycling.container(shell);
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<CommandResult> command = shell.runAsync(
                    Command.of("echo on; sleep 60").onOutput((stream, bytes) -> running.countDown()));
            running.await();
            shell.close();

            assertThat(command).failsWithin(Duration.ofSeconds(20)).withThrowableThat()
                    .withCauseInstanceOf(IllegalStateException.class);
            try (Shell next = pool.open(SandboxSpec.of("debian:bookworm-slim"))) {
                assertThat(Recycling.container(next)).isNotEqualTo(first);
            }
        }
    }

    @Test
    void replacesAContainerThatIsNotClean() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            String first;
            try (Shell shell = pool.open(SandboxSpec.of("debian:bookworm-slim"))) {
                first = Recycling.container(shell);
                // setpriority: PID 1 cannot go back to its priority.
                assertThat(shell.run("perl -e 'exit(syscall(141, 0, 1, 5) != 0)'").exitCode()).isZero();
            }
            try (Shell shell = pool.open(SandboxSpec.of("debian:bookworm-slim"))) {
                assertThat(Recycling.container(shell)).isNotEqualTo(first);
            }
        }
    }
}
