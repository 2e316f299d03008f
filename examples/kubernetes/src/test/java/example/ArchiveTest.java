package example;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** The same on an engine of this machine and in pods of a cluster: only {@code sandbox.engine} differs. */
@Sandbox(image = "debian:bookworm-slim")
class ArchiveTest {

    @Test
    void listsWhatItHasPacked(Shell shell) {
        shell.copyInText("a\n", "a.txt");

        assertThat(shell.run("tar -czf all.tar.gz a.txt && tar -tzf all.tar.gz")).succeeded().hasStdout("a.txt\n");
    }

    @RepeatedTest(5)
    void findsNothingOfTheTestBefore(Shell shell) {
        assertThat(shell.run("ls -A; echo left >left.txt")).succeeded().hasNoStdout();
    }
}
