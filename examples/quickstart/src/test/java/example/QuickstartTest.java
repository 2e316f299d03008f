package example;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

@Sandbox(image = "debian:bookworm-slim")
class QuickstartTest {

    @Test
    void runsAnyShellCommand(Shell shell) {
        CommandResult result = shell.run("printf 'b\\na\\n' | sort && echo done >&2");

        assertThat(result).succeeded().hasStdout("a\nb\n").hasStderr("done\n");
    }
}
