package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.EngineLimits.Limit;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** The limits of a shell, the rights of its commands and what is reported where a limit is reached. */
class LimitsReachedIT extends SharedShell {

    @Test
    void reportsACommandThatTakesTooMuchMemoryAsOutOfMemory() {
        EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
        CommandResult result = shell.run("exec tail /dev/zero");

        assertThat(result.outcome()).isEqualTo(new Outcome.OutOfMemory(64 << 20));
        assertThat(result.exitCode()).isEqualTo(137);
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }

    /** No process can have more, and an engine may give the container's first process nearly as much. */
    @Test
    void hasTheKernelKillCommandsBeforeAllElseWhereMemoryRunsOut() {
        assertThat(shell.run("cat /proc/self/oom_score_adj").stdout()).isEqualTo("1000\n");
    }

    @Test
    void distinguishesAKillFromOutOfMemoryAlsoAfterAChildWas() {
        EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
        CommandResult survivor = shell.run("tail /dev/zero; echo \"tail: $?\"; sleep 0.01");
        CommandResult child = shell.run("sh -c 'sleep 0.01; kill -9 $$'");
        CommandResult itself = shell.run("kill -9 $$");

        assertThat(survivor.stdout()).isEqualTo("tail: 137\n");
        assertThat(survivor.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(child.outcome()).isEqualTo(new Outcome.Exited(137));
        assertThat(itself.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(137)));
    }

    @Test
    void reportsAChildThatTakesTooMuchMemoryAsOutOfMemory() {
        EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
        assertThat(shell.run("tail /dev/zero").outcome()).isEqualTo(new Outcome.OutOfMemory(64 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, STDOUT", "yes >&2, STDERR", "yes & wait, STDOUT", "exec yes, STDOUT", "yes | head -n 32769, STDOUT"
    })
    void endsACommandAtItsOutputLimitWhereThatIsSet(String endless, StandardStream stream) {
        CommandResult result = shell.run(Command.of(endless).endAtOutputLimit());
        CommandResult left = shell.run("cat /proc/[0-9]*/comm");

        assertThat(result.outcome()).isEqualTo(new Outcome.OutputExceeded(64 << 10));
        assertThat(result.output(stream).text()).isEqualTo("y\n".repeat(32 << 10));
        assertThat(left.stdoutLines()).containsOnly("sh");
        assertThat(left.shellRestart()).hasValue("`" + endless + "` was killed at its output limit of 64 KiB");
    }

    @Test
    void doesNotEndACommandThatWritesAsMuchAsIsKept() {
        CommandResult result =
                shell.run(Command.of("head -c 65536 /dev/zero; head -c 65536 /dev/zero >&2").endAtOutputLimit());

        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void countsOutputBeyondTheLimitAndKeepsTheFirstOfIt() {
        CommandResult result =
                shell.run("echo start; head -c 1000000 /dev/zero | tr '\\0' x;"
                        + " head -c 70000 /dev/zero | tr '\\0' e >&2; (exit 4)");

        assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimited(64 << 10, 4));
        assertThat(result.stdout()).isEqualTo("start\n" + "x".repeat((64 << 10) - 6));
        assertThat(result.output(StandardStream.STDOUT).totalBytes()).isEqualTo(1_000_006);
        assertThat(result.stderrBytes()).hasSize(64 << 10);
        assertThat(result.output(StandardStream.STDERR).totalBytes()).isEqualTo(70_000);
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @Test
    void keepsAllOutputOfJustTheLimit() {
        CommandResult result = shell.run("head -c 65536 /dev/zero");

        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(result.stdoutBytes()).hasSize(64 << 10);
    }

    @Test
    void refusesStdinBeyondTheLimit(@TempDir Path directory) throws Exception {
        byte[] bytes = new byte[(4 << 20) + 1];
        Path file = Files.write(directory.resolve("input"), bytes);

        for (Command command : new Command[] {Command.of("cat").stdin(bytes), Command.of("cat").stdin(file)}) {
            assertThatThrownBy(() -> shell.run(command))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The stdin of 4194305 bytes is larger than the limit of 4 MiB.");
        }
        assertThatThrownBy(() -> shell.run(Command.of("cat").stdin(directory.resolve("missing"))))
                .isInstanceOf(TransferException.class)
                .hasMessage("The file for stdin does not exist: " + directory.resolve("missing"));
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @Test
    void refusesALimitThatCannotBeReachedBeforeAnImageIsLookedFor() {
        SandboxSpec spec = SandboxSpec.of("no.such.registry.example/image:latest");

        assertThatThrownBy(() -> Shell.open(spec.limits(ResourceLimits.DEFAULT.work("1GiB"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit work is 1 GiB, of which every byte counts as memory");
    }

    @Test
    void showsNoNetworkButLoopback() {
        assertThat(shell.run("cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '").stdout()).isEqualTo("lo\n");
    }

    @Test
    void givesACommandNoRights() {
        assertThat(OwnUser.hidden(shell.run("id -u; id -g").stdout())).isEqualTo("65534\n65534\n");
        assertThat(shell.run("grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):' /proc/self/status").stdout())
                .isEqualTo("""
                        CapInh:\t0000000000000000
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapBnd:\t0000000000000000
                        CapAmb:\t0000000000000000
                        NoNewPrivs:\t1
                        Seccomp:\t2
                        """);
    }

    @Test
    void permitsWritingOnlyInTheWritablePlaces() {
        assertThat(shell.run("echo a >/etc/x").stderr()).contains("Read-only file system");
        assertThat(shell.run("for d in /work /tmp; do echo a >$d/x && rm $d/x || echo $d; done").stdout()).isEmpty();
        assertThat(shell.run("df -k /work /tmp | tail -n +2 | tr -s ' ' | cut -d' ' -f2").stdout())
                .isEqualTo("65536\n65536\n");
    }

    @Test
    void setsTheLimitsOfTheSpec() {
        EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
        EngineLimits.assumeThatItHolds(Limit.PROCESSES, shell);
        assertThat(shell.run("ulimit -n; ulimit -c").stdout()).isEqualTo("1024\n0\n");
        // In a pod, it is a limit of its user.
        assertThat(Cluster.isUsed() ? shell.run("ulimit -p").stdout() : cgroup("pids/pids.max", "pids.max"))
                .isEqualTo("128\n");
        assertThat(cgroup("memory/memory.limit_in_bytes", "memory.max")).isEqualTo((64 << 20) + "\n");
    }

    private static String cgroup(String version1, String version2) {
        return shell.run("cd /sys/fs/cgroup; cat " + version1 + " 2>/dev/null || cat " + version2).stdout();
    }

    @Test
    void stopsAForkBombAtTheProcessLimitAndEndsItAtTheTimeLimit() {
        EngineLimits.assumeThatItHolds(Limit.PROCESSES, shell);
        CommandResult result = shell.run(Command.of("f() { f | f & }; f; sleep 1000").timeLimit("1s"));

        // Where the shell itself cannot fork, it gives up the command, or itself, with 2.
        assertThat(result.outcome())
                .isIn(
                        new Outcome.TimedOut(Duration.ofSeconds(1)),
                        new Outcome.Exited(2),
                        new Outcome.ShellExited(OptionalInt.of(2)));
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @Test
    void runsAsRootOnAWritableRootInTheTrustedProfile() {
        SandboxSpec spec = SPEC.profile(Profile.TRUSTED.network("none"));
        Cluster.assumeThatItRuns(spec);
        try (Shell trusted = Shell.open(spec)) {
            assertThat(trusted.run("id -u; echo a >/etc/written; cat /etc/written; pwd").stdout())
                    .isEqualTo("0\na\n/work\n");
        }
    }
}
