package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.ShellKind;

/** What is recorded of commands that end in an exception. */
@Timeout(60)
class FailedCallIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private final Shell shell = SHELLS.open(ShellKind.DASH.spec());

    @AfterEach
    void close() {
        shell.close();
    }

    private String lastOutput() {
        var events = shell.transcript().events();
        return events.get(events.size() - 1).output().stream()
                .map(TranscriptOutput::text)
                .collect(Collectors.joining());
    }

    private static void fail(StandardStream stream, byte[] bytes) {
        throw new IllegalStateException("not what was expected");
    }

    @Test
    void hasTheOutputUpToAnInterrupt() {
        Thread caller = Thread.currentThread();
        Command command = Command.of("echo before; sleep 1000").onLine((stream, line) -> caller.interrupt());
        Throwable thrown = catchThrowable(() -> shell.run(command));
        boolean interrupted = Thread.interrupted();

        assertThat(thrown).isInstanceOf(SandboxInterruptedException.class);
        assertThat(interrupted).isTrue();
        assertThat(lastOutput()).isEqualTo("before\n");
    }

    @Test
    void hasAllOutputThoughTheListenerThrows() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.run(Command.of("echo one; sleep 0.3; echo two").onOutput(FailedCallIT::fail)))
                .withMessage("not what was expected");

        assertThat(lastOutput()).isEqualTo("one\ntwo\n");
    }

    @Test
    void countsTheTimeThoughTheListenerThrows() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shell.run(Command.of("echo one; sleep 1").onOutput(FailedCallIT::fail)));

        assertThat(shell.usage().wallTime()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsTheTimeUpToAnInterrupt() {
        Thread caller = Thread.currentThread();
        Command command = Command.of("sleep 1; echo; sleep 1000").onOutput((stream, bytes) -> caller.interrupt());
        Throwable thrown = catchThrowable(() -> shell.run(command));
        boolean interrupted = Thread.interrupted();

        assertThat(thrown).isInstanceOf(SandboxInterruptedException.class);
        assertThat(interrupted).isTrue();
        assertThat(shell.usage().wallTime()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isFollowedByTheReasonOfTheNewShellThoughTheListenerThrows() {
        Command command = Command.of("echo one; sleep 1000").timeLimit("500ms");
        assertThatIllegalStateException().isThrownBy(() -> shell.run(command.onOutput(FailedCallIT::fail)));

        assertThat(shell.run("true").shellRestart()).hasValueSatisfying(reason -> assertThat(reason)
                .contains("timed out"));
    }
}
