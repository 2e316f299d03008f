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

    @Test
    void keepsTheShellFromOneCommandToTheNext(Shell shell) {
        shell.run("mkdir photos && cd photos && format=jpg");

        assertThat(shell.run("echo \"$PWD $format\"")).hasStdout("/work/photos jpg\n");
    }

    @Test
    void startsFromACleanContainer(Shell shell) {
        assertThat(shell).doesNotExist("photos");
    }

    @Test
    void tellsTheExitCode(Shell shell) {
        assertThat(shell.run("grep -q root /etc/shadow")).exitedWith(2).stderrContains("Permission denied");
    }

    @Test
    void hasNoNetwork(Shell shell) {
        assertThat(shell.run("cat /proc/net/route")).stdoutDoesNotContain("eth0");
    }
}
