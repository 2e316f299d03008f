package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.ResourceLimits;

/** Programs in the background of a sandbox. */
@Timeout(120)
class BackgroundProgramIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Shell open(ShellKind kind) {
        return SHELLS.open(kind.spec().limits(ResourceLimits.DEFAULT.output("64KiB")));
    }

    @ParameterizedTest
    @EnumSource
    void runsBesideCommandsUntilItIsStopped(ShellKind kind) throws Exception {
        try (Shell shell = open(kind)) {
            shell.run("mkdir d; cd d; mkfifo go; v=state; greet() { echo \"$v of $PWD\"; echo error >&2; }; set -e");

            BackgroundProgram program = shell.start("greet; cat go; sleep 1000; echo never");
            program.awaitLine("state of /work/d", SOON);
            assertThat(shell.run("sleep 0 & wait; echo beside >go; echo $?").stdout()).isEqualTo("0\n");
            program.awaitLine("beside", SOON);

            assertThat(program.isRunning()).isTrue();
            assertThat(program.exitCode()).isEmpty();
            assertThat(program.stdout()).isEqualTo("state of /work/d\nbeside\n");
            // Each stream has a process of its own that keeps it: one may be ahead of the other.
            Eventually.await("stderr has its line", SOON, program::stderr, "error\n"::equals);

            program.stop();

            assertThat(program.isRunning()).isFalse();
            assertThat(program.exitCode()).hasValue(143);
            assertThat(program.stdout()).isEqualTo("state of /work/d\nbeside\n");
            assertThat(sleepers(shell)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsTheExitCodeAndAllOutputOfOneThatEnds(ShellKind kind) {
        try (Shell shell = open(kind)) {
            BackgroundProgram program = shell.start("echo out; echo err >&2; exit 3");

            assertThat(program.awaitEnd(SOON)).hasValue(3);
            assertThat(program.stdout()).isEqualTo("out\n");
            assertThat(program.stderr()).isEqualTo("err\n");
            program.stop();
            assertThatThrownBy(() -> program.awaitLine("ready", SOON))
                    .isInstanceOf(BackgroundProgramException.class)
                    .hasMessage("""
                            The background program `echo out; echo err >&2; exit 3` ended with exit code 3 before it \
                            came to a line with "ready".
                            Its stdout ends with:
                              | out
                            Its stderr ends with:
                              | err""");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFirstPartOfMuchOutputAndReadsTheRest(ShellKind kind) {
        try (Shell shell = open(kind)) {
            BackgroundProgram program =
                    shell.start("head -c 1000000 /dev/zero | tr '\\0' x; echo done >&2; head -c 65536 /dev/zero >&2");

            assertThat(program.awaitEnd(SOON)).hasValue(0);
            assertThat(program.output(StandardStream.STDOUT).isTruncated()).isTrue();
            assertThat(program.stdout()).isEqualTo("x".repeat(64 << 10));
            assertThat(program.stderr()).hasSize(64 << 10).startsWith("done\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAPort(ShellKind kind) {
        String server = kind == ShellKind.BUSYBOX
                ? "sleep 0.3; nc -l -p 8080"
                : "sleep 0.3; perl -MIO::Socket::INET -e"
                        + " 'IO::Socket::INET->new(LocalPort => 8080, Listen => 1)->accept'";
        try (Shell shell = open(kind)) {
            BackgroundProgram program = shell.start(server).awaitPort(8080, SOON);

            assertThat(program.isRunning()).isTrue();
            assertThatThrownBy(() -> program.awaitPort(8081, Duration.ofMillis(100)))
                    .isInstanceOf(BackgroundProgramException.class)
                    .hasMessageContaining("did not come to TCP port 8081 within 0.1 s.\n"
                            + "Its stdout ends with: (nothing)");
            program.close();
            assertThat(program.isRunning()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killsOneThatDoesNotStop(ShellKind kind) {
        try (Shell shell = open(kind)) {
            BackgroundProgram program = shell.start("trap '' TERM; echo on; while :; do sleep 0.1; done");
            program.awaitLine("on", SOON);

            program.stop();

            assertThat(program.exitCode()).hasValue(137);
        }
    }

    @Test
    void endsWithACommandThatTimesOut() {
        try (Shell shell = open(ShellKind.DASH)) {
            BackgroundProgram program = shell.start("sleep 1000");
            shell.run(Command.of("sleep 1000").timeLimit("200ms"));

            assertThat(program.isRunning()).isFalse();
            assertThat(program.awaitEnd(SOON)).isEqualTo(OptionalInt.empty());
        }
    }

    @Test
    void leavesNothingBehindAtAReset() {
        try (Shell shell = open(ShellKind.DASH)) {
            BackgroundProgram program = shell.start("echo out; sleep 1000").awaitLine("out", SOON);
            shell.reset();

            assertThat(sleepers(shell)).isEmpty();
            assertThat(shell.run("ls -A /work /tmp /dev/shm").stdoutLines())
                    .noneMatch(line -> line.contains("program"));
            assertThat(program.isRunning()).isFalse();
            assertThat(program.exitCode()).isEmpty();
            assertThat(program.stdout()).isEmpty();
            assertThatThrownBy(() -> program.awaitLine("out", SOON))
                    .isInstanceOf(BackgroundProgramException.class)
                    .hasMessageContaining(" ended in an unknown way, as all processes were killed or the sandbox was"
                            + " reset, before it came to a line with \"out\".");
        }
    }

    @Test
    void doesNothingMoreAfterTheShellIsClosed() {
        BackgroundProgram program;
        try (Shell shell = open(ShellKind.DASH)) {
            program = shell.start("sleep 1000");
        }

        program.close();
        assertThatThrownBy(program::isRunning).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void refusesWhatABackgroundProgramCannotHave() {
        try (Shell shell = open(ShellKind.DASH)) {
            for (Command command : new Command[] {
                Command.of("cat").stdin("a"),
                Command.of("cat").timeLimit("5s"),
                Command.of("cat").onOutput((s, b) -> {})
            }) {
                assertThatThrownBy(() -> shell.start(command))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("`cat` cannot be started in the background with a stdin, a listener or a time"
                                + " limit: leave them out");
            }
        }
    }

    private static String sleepers(Shell shell) {
        return shell.run("for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done 2>/dev/null | grep ^sleep")
                .stdout();
    }
}
