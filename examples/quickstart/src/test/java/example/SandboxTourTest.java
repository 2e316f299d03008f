package example;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** What a sandbox keeps, and what it does not let a command do. */
@Sandbox(image = "debian:bookworm-slim")
class SandboxTourTest {

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
    void reportsTheExitCode(Shell shell) {
        assertThat(shell.run("grep -q root /etc/shadow")).exitedWith(2).stderrContains("Permission denied");
    }

    @Test
    void hasNoNetwork(Shell shell) {
        assertThat(shell.run("cat /proc/net/route")).stdoutDoesNotContain("eth0");
    }
}
