package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.spec.SandboxSpec;

/** What an {@link OutputListener} may do with the shell that calls it. */
@Timeout(60)
class OutputListenerIT {

    @Test
    void cannotRunAnotherCommandAndLeavesItsOwnUnharmed() {
        try (Shell shell = Shell.open(SandboxSpec.of("debian:bookworm-slim"))) {
            AtomicReference<Throwable> refusal = new AtomicReference<>();

            CommandResult result = shell.run(Command.of("echo one; sleep 0.1; echo two")
                    .onOutput((stream, bytes) -> refusal.set(catchThrowable(() -> shell.run("echo other")))));

            assertThat(refusal.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot run `echo other` now: the shell is busy or closed."
                            + " An OutputListener cannot use the shell that runs its command.");
            assertThat(result.stdout()).isEqualTo("one\ntwo\n");
            assertThat(shell.run("echo three").stdout()).isEqualTo("three\n");
        }
    }
}
