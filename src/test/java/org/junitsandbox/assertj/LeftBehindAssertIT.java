package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Assertions on what commands leave behind. */
@Timeout(120)
class LeftBehindAssertIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    /** Waits until the last process of the background is a program, and no longer a copy of the shell. */
    private static final String BEGUN = "until grep -aq ^sleep /proc/$!/cmdline; do :; done";

    private Shell shell;

    @BeforeEach
    void open() {
        shell = SHELLS.open(SandboxSpec.of("busybox:latest"));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static @Nullable String failure(ThrowingCallable assertion) {
        Throwable failure = catchThrowable(assertion);
        assertThat(failure).isInstanceOf(AssertionError.class);
        return failure.getMessage();
    }

    /** Ages differ from one look to the next. */
    private static String withoutAges(@Nullable String message) {
        return String.valueOf(message).replaceAll("started [0-9.]+ m?s ago", "started T ago");
    }

    @Test
    void passesWhereNothingIsLeft() {
        shell.run("echo out; sleep 0 & wait");

        assertThat(shell).hasNoLeftoverProcesses().hasNoStrayOutput();
    }

    @Test
    void namesAProcessThatIsLeft() {
        String pids = shell.run("sleep 1000 & echo \"$! $$\"; " + BEGUN).stdout().strip();
        String pid = pids.substring(0, pids.indexOf(' '));
        String worker = pids.substring(pids.indexOf(' ') + 1);

        assertThat(withoutAges(failure(() -> assertThat(shell).hasNoLeftoverProcesses())))
                .isEqualTo("""

                        Expecting no process to be left
                        but 1 is:
                          pid %s, parent %s, sleeping, CPU time 0 ms, started T ago: sleep 1000

                        Sandbox: busybox:latest"""
                        .formatted(pid, worker));
    }

    @Test
    void escapesAHostileCommandLine() {
        shell.run("sh -c 'sleep 1000; :'"
                + " \"$(printf '\\377\\033]0;title\\007\\nExpecting \\342\\200\\256%%n')\" & "
                + BEGUN.replace("sleep", "sh"));

        assertThat(failure(() -> assertThat(shell).hasNoLeftoverProcesses()))
                .contains("sh -c sleep 1000; : \\uDCFF\\u001B]0;title\\u0007\\nExpecting \\u202E%n\n");
    }

    @Test
    void namesTheFirstOfManyProcesses() {
        shell.run("i=0; while [ $i -lt 22 ]; do i=$((i + 1)); sleep 1000 & " + BEGUN + "; done");

        assertThat(failure(() -> assertThat(shell).hasNoLeftoverProcesses()))
                .contains("but 22 are:\n  pid ")
                .endsWith(": sleep 1000\n  and 2 more\n\nSandbox: busybox:latest");
    }

    @Test
    void showsStrayOutput() throws Exception {
        shell.run("(sleep 0.3; echo out; printf '\\033[31m100%%n' >&2) &");
        Eventually.await(
                "all has come",
                Duration.ofSeconds(20),
                shell::strayOutput,
                output -> !output.stdout().isEmpty() && !output.stderr().isEmpty());

        assertThat(failure(() -> assertThat(shell).as("the %s", "upload").hasNoStrayOutput()))
                .isEqualTo("""
                        [the upload]\s
                        Expecting no output while no command ran
                        but background processes wrote 14 bytes

                        Stdout:  4 bytes
                          | out
                        Stderr:  10 bytes
                          | \\u001B[31m100%n
                          (no line feed at the end)
                        Sandbox: busybox:latest""");
    }

    @Test
    void failsForNoShell() {
        assertThat(failure(() -> assertThat((Shell) null).hasNoLeftoverProcesses())).contains("not to be null");
        assertThat(failure(() -> assertThat((Shell) null).hasNoStrayOutput())).contains("not to be null");
    }

    @Test
    void collectsFailuresSoftly() {
        shell.run("sleep 1000 &");
        SandboxSoftAssertions softly = new SandboxSoftAssertions();

        softly.assertThat(shell).hasNoLeftoverProcesses().hasNoStrayOutput().exists("gone");

        assertThat(softly.errorsCollected().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        first -> assertThat(first).contains("Expecting no process to be left"),
                        second -> assertThat(second).contains("gone to exist"));
    }
}
