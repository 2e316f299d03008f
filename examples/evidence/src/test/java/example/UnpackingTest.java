package example;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** What unpacking an upload did, besides its exit code. */
@Sandbox(image = "debian:bookworm-slim")
class UnpackingTest {

    @BeforeEach
    void makeUpload(Shell shell) {
        assertThat(shell.run("mkdir docs && echo hello >docs/readme.txt && tar -czf upload.tar.gz docs && rm -r docs"))
                .succeeded();
    }

    @Test
    void costsLittleAndReachesForNoNetwork(Shell shell) {
        CommandResult result = shell.run("tar -xzf upload.tar.gz");

        assertThat(result)
                .succeeded()
                .usedAtMost("64MiB")
                .usedCpuAtMost(Duration.ofSeconds(2))
                .finishedWithin(Duration.ofSeconds(5))
                .triedNoNetwork();
    }

    @Test
    void makesThePlainFilesOfTheArchive(Shell shell) {
        shell.run("mkdir out && tar -xzf upload.tar.gz -C out");

        assertThat(shell).file("out").recursively().containsExactlyEntries("docs", "docs/readme.txt");
        assertThat(shell).file("out/docs/readme.txt").isRegularFile().hasContent("hello\n");
    }

    @Test
    void leavesNothingRunning(Shell shell) {
        shell.run("tar -xzf upload.tar.gz");

        assertThat(shell).hasNoLeftoverProcesses();
    }
}
