package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.assertj.SandboxAssertions;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;

/**
 * How a shell runs commands, lasts, ends and is closed. Its limits are in {@link LimitsReachedIT}, loss and reset in
 * {@link LossIT}.
 */
class ShellIT extends SharedShell {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The command lines of all processes that sleep. */
    private static String sleepers() {
        return shell.run("for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done 2>/dev/null | grep ^sleep")
                .stdout();
    }

    @Test
    void reportsWithEachLaterCommandWhichOneEndedTheShellBefore() {
        try (Shell fresh = Shell.open(SPEC)) {
            CommandResult ended = fresh.run("count() { wc -l; }; exit 3");
            CommandResult next = fresh.run("count");
            fresh.run(Command.of("sleep 1000").timeLimit("200ms"));
            CommandResult last = fresh.run("count");
            fresh.reset();

            assertThat(ended.shellRestart()).isEmpty();
            assertThat(next.shellRestart()).hasValue("`count() { wc -l; }; exit 3` ended its shell with code 3");
            assertThat(last.shellRestart()).hasValue("`sleep 1000` timed out after 0.2 s");
            assertThat(fresh.run("true").shellRestart()).isEmpty();
            assertThatThrownBy(() -> SandboxAssertions.assertThat(next).succeeded())
                    .hasMessageEndingWith("\nShell:     new since `count() { wc -l; }; exit 3` ended its shell with"
                            + " code 3: without the directory, variables and functions from before");
        }
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
    void passesLinesToAListenerAndTheLastOneAtTheEnd() {
        List<String> lines = new ArrayList<>();
        Command command = Command.of("echo one; echo two >&2; printf three")
                .onLine((stream, line) -> lines.add(stream + " " + line));

        shell.run(command);
        shell.run(command);

        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "STDOUT one", "STDERR two", "STDOUT three", "STDOUT one", "STDERR two", "STDOUT three");
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
    void keepsTheOrderOfAllCallsAfterABackgroundCommand() throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<CommandResult> first = shell.runAsync("sleep 0.02; echo 1 >>order; echo a >copied");
            CommandResult second = shell.run("echo 2 >>order; cat order; rm order");
            CompletableFuture<CommandResult> third = shell.runAsync("sleep 0.02; cat copied; echo c >copied");
            shell.copyInText("b", "copied");
            CompletableFuture<CommandResult> fourth = shell.runAsync("cat copied; sleep 0.02; echo d >copied");

            assertThat(second.stdout()).isEqualTo("1\n2\n");
            assertThat(shell.copyOutText("copied")).isEqualTo("d\n");
            assertThat(first).isDone();
            assertThat(third.get().stdout()).isEqualTo("a\n");
            assertThat(fourth.get().stdout()).isEqualTo("b");
        }
    }

    @Test
    void resetsAfterTheBackgroundCommandsGivenBefore() throws Exception {
        CompletableFuture<CommandResult> before = shell.runAsync("sleep 0.1; echo dirt >dirt; echo before");
        shell.reset();

        assertThat(before.get(10, TimeUnit.SECONDS).stdout()).isEqualTo("before\n");
        assertThat(shell.run("ls").stdout()).isEmpty();
    }

    @Test
    void endsACommandWhoseFutureIsCancelledAndLeavesTheShellUsable() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<CommandResult> running = shell.runAsync(Command.of(
                        "echo kept >file; echo started; sleep 1007")
                .onOutput((stream, bytes) -> started.countDown()));
        CompletableFuture<CommandResult> waiting = shell.runAsync("touch never");
        CompletableFuture<CommandResult> last = shell.runAsync("cat file");
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(waiting.cancel(true)).isTrue();
        assertThat(running.cancel(true)).isTrue();

        CommandResult result = last.get(10, TimeUnit.SECONDS);
        assertThat(result.stdout()).isEqualTo("kept\n");
        assertThat(result.shellRestart()).hasValueSatisfying(
                restart -> assertThat(restart).startsWith("`echo kept").endsWith("was interrupted"));
        assertThat(sleepers()).isEmpty();
        assertThat(shell.status("never")).isEmpty();
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
}
