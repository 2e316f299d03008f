package example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** The shell by itself, as a program would use it. */
class PlainShellTest {

    @Test
    void runsACommand() {
        try (Shell shell = Shell.open(SandboxSpec.of("debian:bookworm-slim"))) {
            CommandResult result = shell.run(Command.of("sort").stdin("b\na\n").timeLimit("5s"));

            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout()).isEqualTo("a\nb\n");
        }
    }
}
