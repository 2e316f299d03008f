package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.EngineLimits.Limit;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** How a shell lasts, ends, is limited and is closed. Loss and reset are in {@link LossIT}. */
class ShellIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final SandboxSpec SPEC = ShellKind.DASH
            .spec()
            .limits(ResourceLimits.DEFAULT.output("64KiB").input("4MiB").memory("64MiB"));

    private static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(SPEC);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @AfterEach
    void clearState() {
        shell.run("rm -rf /work/* /tmp/*; kill -9 -1; exit");
    }

    /** The command lines of all processes that sleep. */
    private static String sleepers() {
        return shell.run("for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done 2>/dev/null | grep ^sleep")
                .stdout();
    }

    private static String repeated(int bytes) {
        return "x".repeat(bytes);
    }

    @Test
    void keepsDirectoryVariablesAndFunctions() {
        shell.run("cd /tmp; v='a b'; export w=exported; f() { echo \"f $1\"; }");

        CommandResult result = shell.run("pwd; echo \"$v\"; sh -c 'echo $w'; f x");

        assertThat(result.stdout()).isEqualTo("/tmp\na b\nexported\nf x\n");
        assertThat(result.directory()).isEqualTo("/tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exit 3", "exec sh -c 'exit 3'", "set -e; (exit 3)", "sh -c 'sleep 0.01; kill -9 $PPID'; :"})
    void keepsFilesAndNothingElseOfAShellThatEnded(String ending) {
        CommandResult result = shell.run(
                "cd /tmp; v=1; f() { :; }; echo kept >/work/file; echo out; echo err >&2; " + ending);

        assertThat(result.outcome())
                .isEqualTo(new Outcome.ShellExited(OptionalInt.of(ending.contains("kill") ? 137 : 3)));
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        CommandResult next = shell.run("pwd; echo \"<${v-}>\"; type f >/dev/null 2>&1; echo $?; cat file");
        assertThat(next.stdout()).isEqualTo("/work\n<>\n127\nkept\n");
        assertThat(next.directory()).isEqualTo("/work");
    }

    @Test
    void killsEveryProcessAtTheTimeLimitAndKeepsOutputAndFiles() {
        shell.run("v=1");
        CommandResult result = shell.run(Command.of("echo kept >file; echo out; echo err >&2;"
                        + " (trap '' TERM HUP; setsid sh -c 'trap \"\" TERM HUP; sleep 1001' &) &"
                        + " sleep 1002 & sleep 1003")
                .timeLimit("2s"));

        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(2)));
        assertThat(result.outcome().exitCode()).isEmpty();
        assertThat(result.duration()).isBetween(Duration.ofSeconds(2), LIMIT);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(sleepers()).isEmpty();
        assertThat(shell.run("cat file; echo \"<${v-}>\"").stdout()).isEqualTo("kept\n<>\n");
    }

    @Test
    void leavesBackgroundProcessesRunningAfterTheirCommand() {
        shell.run("sleep 1004 &");

        assertThat(sleepers()).isEqualTo("sleep 1004 \n");
    }

    @Test
    void reportsACommandThatTakesTooMuchMemoryAsOutOfMemory() {
        EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
        CommandResult result = shell.run("exec tail /dev/zero");

        assertThat(result.outcome()).isEqualTo(new Outcome.OutOfMemory(64 << 20));
        assertThat(result.exitCode()).isEqualTo(137);
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
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

    @Test
    void countsOutputBeyondTheLimitAndKeepsTheFirstOfIt() {
        CommandResult result =
                shell.run("echo start; head -c 1000000 /dev/zero | tr '\\0' x;"
                        + " head -c 70000 /dev/zero | tr '\\0' e >&2; (exit 4)");

        assertThat(result.outcome()).isEqualTo(new Outcome.OutputLimited(64 << 10, 4));
        assertThat(result.stdout()).isEqualTo("start\n" + repeated((64 << 10) - 6));
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
    void passesStdinToTheByte(@TempDir Path directory) throws Exception {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        Path file = Files.write(directory.resolve("input"), bytes);

        assertThat(shell.run(Command.of("cat").stdin("é\n")).stdout()).isEqualTo("é\n");
        assertThat(shell.run(Command.of("cat; echo end").stdin("")).stdout()).isEqualTo("end\n");
        shell.run(Command.of("cat >one").stdin(bytes));
        shell.run(Command.of("cat >two").stdin(file));
        assertThat(shell.copyOut("one")).isEqualTo(bytes);
        assertThat(shell.copyOut("two")).isEqualTo(bytes);
        assertThat(shell.run(Command.of("head -c 65536 | tail -c 65536").stdin(bytes)).stdoutBytes())
                .isEqualTo(Arrays.copyOf(bytes, 65536));
    }

    @Test
    void keepsUnreadStdinFromTheNextCommand() {
        byte[] input = ("first\n" + "echo injected\n".repeat(100_000)).getBytes(UTF_8);

        assertThat(shell.run(Command.of("true").stdin(input)).stdout()).isEmpty();
        assertThat(shell.run("cat").stdout()).isEmpty();
        assertThat(shell.run(Command.of("read -r line; echo \"<$line>\"").stdin(input)).stdout())
                .isEqualTo("<first>\n");
        assertThat(shell.run("cat").stdout()).isEmpty();
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
    void appliesEnvironmentAndDirectoryToOneCommandAlone() {
        CommandResult result = shell.run(Command.of("pwd; echo \"$A\"; sh -c 'echo \"$A\"'; v=1; cd /; (exit 3)")
                .environment("A", "it's $x")
                .directory("/tmp"));

        assertThat(result.stdout()).isEqualTo("/tmp\nit's $x\nit's $x\n");
        assertThat(result.directory()).isEqualTo("/tmp");
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(3));
        assertThat(shell.run("pwd; echo \"<${A-}${v-}>\"").stdout()).isEqualTo("/work\n<>\n");
    }

    @Test
    void endsOnlyTheCommandByAnExitInADirectoryOfItsOwn() {
        shell.run("v=1");

        assertThat(shell.run(Command.of("exit 3").directory("/tmp")).outcome()).isEqualTo(new Outcome.Exited(3));
        assertThat(shell.run("echo $v").stdout()).isEqualTo("1\n");
    }

    @Test
    void rejectsADirectoryThatDoesNotExist() {
        assertThatThrownBy(() -> shell.run(Command.of("true").directory("no such place")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The command's directory cannot be used: ")
                .hasMessageContaining("no such place");
    }

    @Test
    void passesAllOutputToAListenerWhileItComes() throws Exception {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        CountDownLatch first = new CountDownLatch(1);
        Command command = Command.of(
                "echo first; echo err >&2; while ! test -e go; do sleep 0.02; done; head -c 100000 /dev/zero")
                .onOutput((stream, bytes) -> {
                    (stream == StandardStream.STDOUT ? stdout : stderr).writeBytes(bytes);
                    first.countDown();
                });
        String container = EngineExec.containerOf(shell);

        CompletableFuture<CommandResult> result = shell.runAsync(command);

        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(result).isNotDone();
        EngineExec.run(container, "/bin/sh", ": >go");
        assertThat(result.get(10, TimeUnit.SECONDS).output(StandardStream.STDOUT).totalBytes()).isEqualTo(100_006);
        assertThat(stdout.size()).isEqualTo(100_006);
        assertThat(stderr.toString(UTF_8)).isEqualTo("err\n");
    }

    @Test
    void throwsAListenersExceptionToTheCallerAndLeavesTheShellUsable() {
        IllegalStateException failure = new IllegalStateException("from the listener");

        assertThatThrownBy(
                () -> shell.run(Command.of("v=1; echo a; sleep 0.1; echo b; v=2").onOutput((stream, bytes) -> {
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(shell.run("echo $v").stdout()).isEqualTo("2\n");
    }

    @Test
    void runsBackgroundCommandsInTheirOrder() throws Exception {
        CompletableFuture<CommandResult> first = shell.runAsync("sleep 0.2; echo 1 >>order; exit 4");
        CompletableFuture<CommandResult> second = shell.runAsync(Command.of("echo 2 >>order"));
        CompletableFuture<CommandResult> third = shell.runAsync("cat order");

        assertThat(third.get(10, TimeUnit.SECONDS).stdout()).isEqualTo("1\n2\n");
        assertThat(first.get().outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(4)));
        assertThat(second.get().succeeded()).isTrue();
    }

    @Test
    void failsTheFutureOfAFailingBackgroundCommand() {
        CompletableFuture<CommandResult> future = shell.runAsync(Command.of("true").directory("/nowhere"));

        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void killsTheCommandOnAnInterruptAndLeavesTheShellUsable() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                shell.run(Command.of("echo kept >file; sleep 1005 & echo started; sleep 1006")
                        .onOutput((stream, bytes) -> started.countDown()));
            } catch (SandboxException e) {
                thrown.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(2_000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(thrown.get())
                .isInstanceOf(SandboxInterruptedException.class)
                .hasMessageStartingWith("Interrupted while running `echo kept");
        assertThat(flag.get()).isTrue();
        assertThat(sleepers()).isEmpty();
        assertThat(shell.run("cat file").stdout()).isEqualTo("kept\n");
    }

    @Test
    void endsTheCallIfTheThreadIsAlreadyInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> shell.run("touch never")).isInstanceOf(SandboxInterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(shell.status("never")).isEmpty();
    }

    @Test
    void endsACommandInAnotherThreadAndRemovesTheContainerOnClose() throws Exception {
        Shell closing = Shell.open(SPEC);
        String container = EngineExec.containerOf(closing);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<CommandResult> running = closing.runAsync(
                Command.of("echo started; sleep 1000").onOutput((stream, bytes) -> started.countDown()));
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        closing.close();

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The shell was closed while running `echo started; sleep 1000`");
        Eventually.await(
                "the container is gone", LIMIT, () -> EngineExec.state(container), EngineExec.GONE::equals);
        closing.close();
        assertThatThrownBy(() -> closing.run("echo a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot run `echo a`: the shell is closed.");
        assertThatThrownBy(() -> closing.runAsync("echo a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closing::reset).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsNoNetworkButLoopback() {
        assertThat(shell.run("cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '").stdout()).isEqualTo("lo\n");
    }

    @Test
    void givesACommandNoRights() {
        assertThat(shell.run("id -u; id -g").stdout()).isEqualTo("65534\n65534\n");
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
        assertThat(cgroup("pids/pids.max", "pids.max")).isEqualTo("128\n");
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
        try (Shell trusted = Shell.open(SPEC.profile(Profile.TRUSTED.network("none")))) {
            assertThat(trusted.run("id -u; echo a >/etc/written; cat /etc/written; pwd").stdout())
                    .isEqualTo("0\na\n/work\n");
        }
    }
}
