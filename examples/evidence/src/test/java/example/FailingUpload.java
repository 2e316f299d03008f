package example;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** Fails on purpose: {@link FailureReportTest} runs it and looks at what is published of it. */
@Sandbox(image = "debian:bookworm-slim")
class FailingUpload {

    @Test
    void phonesHome(Shell shell) {
        shell.run("echo 'convert upload.svg' && mkdir thumbnails");

        // What a converter does with a picture that refers to another one; it goes on without, so its code is 0.
        CommandResult result = shell.run("getent hosts tracker.example || true");

        assertThat(result).succeeded().triedNoNetwork();
    }
}
