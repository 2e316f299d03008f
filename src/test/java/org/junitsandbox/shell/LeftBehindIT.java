package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.HostNetwork;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.SandboxProcess.State;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Processes and output that commands leave behind. */
@Timeout(300)
class LeftBehindIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Waits until the last process of the background is a program, and no longer a copy of the shell. */
    private static final String BEGUN = "until grep -aq ^sleep /proc/$!/cmdline; do :; done";

    private static List<String> commandLines(Shell shell) {
        return shell.processes().stream().map(SandboxProcess::commandLine).toList();
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatCommandsHaveLeft(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec())) {
            assertThat(shell.processes()).isEmpty();
            String script = "sleep 1000 & echo $!; " + BEGUN + "; sh -c 'sleep 2000 & echo $!; " + BEGUN + "'; echo $$";
            List<Long> pids = shell.run(script).stdoutLines().stream()
                    .map(Long::valueOf)
                    .toList();

            assertThat(shell.processes())
                    .extracting(SandboxProcess::pid, SandboxProcess::parent, SandboxProcess::commandLine)
                    .containsExactly(
                            tuple(pids.get(0), pids.get(2), "sleep 1000"),
                            tuple(pids.get(1), 1L, "sleep 2000"));

            shell.run("kill -STOP " + pids.get(1));
            assertThat(shell.processes())
                    .extracting(SandboxProcess::state)
                    .containsExactly(State.SLEEPING, State.STOPPED);

            shell.run("kill -9 " + pids.get(0) + " " + pids.get(1) + "; wait");
            assertThat(shell.processes()).isEmpty();
        }
    }

    @Test
    void findsWhatIsLeftInRecycledSandboxes() throws Exception {
        try (RecycledShells shells = new RecycledShells(2)) {
            for (ShellKind kind : ShellKind.values()) {
                Shell shell = shells.of(kind);
                assertThat(shell.processes()).isEmpty();
                assertThat(shell.strayOutput().isEmpty()).isTrue();

                shell.run("sleep 1000 & sleep 0 &");

                Eventually.await(
                        "one is left", SOON, () -> commandLines(shell), List.of("sleep 1000")::equals);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsCpuTimeAndAge(ShellKind kind) throws Exception {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("(while :; do :; done) & sleep 1");

            // A busy machine gives it little of its first second.
            Duration used = Duration.ofMillis(100);
            Eventually.await(
                    "the loop has used " + used,
                    SOON,
                    () -> shell.processes().get(0),
                    process -> process.cpuTime().compareTo(used) >= 0);

            SandboxProcess loop = shell.processes().get(0);
            assertThat(loop.state()).isEqualTo(State.RUNNING);
            assertThat(loop.cpuTime()).isBetween(used, SOON);
            assertThat(loop.age()).isBetween(Duration.ofMillis(900), SOON.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsTheDeadOfAProcessThatDoesNotAskForThem(ShellKind kind) throws Exception {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("sh -c 'sleep 0 & exec sleep 1000' & sleep 0 &");

            Eventually.await(
                    "one is dead and its parent sleeps",
                    SOON,
                    () -> shell.processes().stream()
                            .map(process -> process.state() + " " + process.commandLine())
                            .sorted()
                            .toList(),
                    List.of("SLEEPING sleep 1000", "ZOMBIE [sleep]")::equals);
        }
    }

    @Test
    void listsAProcessWhoseMainThreadHasEndedBeforeOthers() throws Exception {
        HostNetwork.assumeThatItLeadsOut();
        try (Shell shell = SHELLS.open(NetworkAttemptsIT.SPEC)) {
            String script = """
                    import ctypes, os, threading, time
                    os.fork() and os._exit(0)
                    threading.Thread(target=lambda: time.sleep(1000)).start()
                    ctypes.CDLL(None).pthread_exit(None)
                    """;
            shell.copyIn(script.getBytes(ISO_8859_1), "a.py");
            assertThat(shell.run("python3 a.py").succeeded()).isTrue();

            Eventually.await(
                    "its main thread has ended",
                    SOON,
                    () -> shell.processes().stream()
                            .map(process -> process.parent() + " " + process.state() + " " + process.commandLine())
                            .toList(),
                    List.of("1 ZOMBIE [python3]")::equals);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutStartedProgramsUntilTheyEnd(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            BackgroundProgram program = shell.start("sh -c 'sleep 2000 & " + BEGUN + "; echo ready'; sleep 1000; :");
            program.awaitLine("ready", SOON);

            assertThat(commandLines(shell)).containsExactly("sleep 2000");

            program.stop();
            assertThat(commandLines(shell)).containsExactly("sleep 2000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesNoProcessForAProgramThatPrintsItsIdWhileOneStarts(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            // The program that makes pipes waits until the other process has printed.
            shell.run("mkfifo begin done; (sh -c ': <begin; echo $$; : >done; : <begin' &)");
            shell.run(Command.of("mkdir bin; real=$(command -v mkfifo); cat >bin/mkfifo; chmod +x bin/mkfifo; "
                            + "export real PATH=/work/bin:$PATH")
                    .stdin("#!/bin/sh\n: >begin; : <done; exec $real \"$@\"\n"));
            BackgroundProgram program = shell.start("sleep 1000");

            assertThat(commandLines(shell)).containsExactly("sh -c : <begin; echo $$; : >done; : <begin");
            program.stop();
            assertThat(program.exitCode()).hasValue(143);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsNothingWhenTheShellWasKilled(ShellKind kind) throws Exception {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("sleep 1000 & { sleep 0.3; kill -9 $$; } &");
            Eventually.await("the shell is killed", SOON, () -> commandLines(shell), List.of("sleep 1000")::equals);

            assertThat(shell.strayOutput().isEmpty()).isTrue();

            assertThat(commandLines(shell)).containsExactly("sleep 1000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsProcessesInADirectoryThatCannotBeEntered(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("mkdir d; cd d; chmod 0 .; sleep 1000 & " + BEGUN);

            assertThat(commandLines(shell)).containsExactly("sleep 1000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsCommandLinesToTheByte(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("begun() { " + BEGUN.replace("sleep", "sh") + "; }\n" + """
                    x=$(head -c 100000 /dev/zero | tr '\\0' x); sh -c 'sleep 1000; :' "$x" & begun
                    sh -c 'sleep 1000; :' "$(printf '\\377\\033[31m\\na b')" '' & begun
                    sh -c 'sleep 1000; :' "$(head -c 100 /dev/zero | tr '\\0' '\\n'; echo z)" & begun""");

            assertThat(shell.processes())
                    .extracting(process -> new String(process.commandLineBytes(), ISO_8859_1))
                    .contains(
                            "sh\0-c\0sleep 1000; :\0" + "x".repeat(100_000) + "\0",
                            "sh\0-c\0sleep 1000; :\0\u00ff\u001b[31m\na b\0\0",
                            "sh\0-c\0sleep 1000; :\0" + "\n".repeat(100) + "z\0");
            assertThat(commandLines(shell)).contains("sh -c sleep 1000; : \\uDCFF\\u001B[31m\\na b ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsProcessesWhileOthersBeginEndAndWrite(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("sleep 1000 & " + BEGUN + "; while :; do sh -c 'echo noise; printf more'; done & yes &");

            for (int i = 0; i < 8; i++) {
                assertThat(commandLines(shell)).contains("sleep 1000");
            }
        }
    }

    @Test
    void listsHundredsOfProcesses() throws Exception {
        SandboxSpec spec =
                ShellKind.DASH.spec().limits(ResourceLimits.DEFAULT.processes(400).memory("1GiB"));
        Cluster.assumeThatItRuns(spec);
        try (Shell shell = SHELLS.open(spec)) {
            // Until all have begun, some are still copies of the shell. To list them repeatedly would hold them up.
            shell.run(Command.of("i=0; while [ $i -lt 300 ]; do sleep 1000$i & i=$((i + 1)); done;"
                            + " until [ \"$(cat /proc/[0-9]*/comm | grep -c sleep)\" = 300 ]; do sleep 0.1; done")
                    .timeLimit("3m"));

            List<SandboxProcess> processes = shell.processes();
            assertThat(processes).extracting(SandboxProcess::pid).hasSize(300).doesNotHaveDuplicates();
            assertThat(processes)
                    .extracting(SandboxProcess::commandLine)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 300).mapToObj(i -> "sleep 1000" + i).toList());
        }
    }

    @Test
    void failsAtTheLimitOfProcesses() {
        try (Shell shell = SHELLS.open(ShellKind.DASH.spec().limits(ResourceLimits.DEFAULT.processes(30)))) {
            shell.run("while :; do sleep 1000 & done");

            assertThatThrownBy(shell::processes)
                    .isInstanceOf(TransferException.class)
                    .hasMessageContaining("list the processes of the sandbox")
                    .hasMessageContaining("the limit");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatIsWrittenBetweenCommandsApart(ShellKind kind) throws Exception {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("(sleep 0.3; echo out; echo error >&2; head -c 99996 /dev/zero) &");

            Eventually.await(
                    "all has come",
                    SOON,
                    () -> shell.strayOutput().output(StandardStream.STDOUT).totalBytes(),
                    total -> total == 100_000);

            StrayOutput output = shell.strayOutput();
            assertThat(output.stdout()).hasSize(64 << 10).startsWith("out\n\0");
            assertThat(output.output(StandardStream.STDOUT).isTruncated()).isTrue();
            assertThat(output.stderr()).isEqualTo("error\n");
            assertThat(shell.run("echo command").stdout()).isEqualTo("command\n");
            assertThat(shell.strayOutput().stderr()).isEqualTo("error\n");

            shell.reset();
            assertThat(shell.strayOutput().isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasNoStrayOutputOfTheShellItself(ShellKind kind) {
        try (Shell shell = SHELLS.open(kind.spec())) {
            shell.run("set -x; echo out; sleep 0 & kill -9 $$");
            shell.run(Command.of("sleep 1000").timeLimit(Duration.ofMillis(200)));
            shell.run("nothing of this name; exit 3");
            shell.copyInText("text", "file");
            shell.run("cat");

            assertThat(shell.strayOutput()).hasToString("stdout: , stderr: ");
        }
    }
}
