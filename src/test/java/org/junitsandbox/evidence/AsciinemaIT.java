package org.junitsandbox.evidence;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** The recording in Debian's player. */
class AsciinemaIT {

    @Test
    void playsARecording(@TempDir Path directory) throws Exception {
        // Only at a terminal does it wait.
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC);
                Shell viewer = Shell.open(Viewers.SPEC)) {
            shell.run("printf 'one\\033[2J\\n'; sleep 1; printf '\\033[32mgr\\303\\274n\\033[0m\\n'");
            shell.run("echo errors >&2; exit 3");
            TranscriptFiles.write(shell.transcript(), "a \"test\" \u202E", directory);
            viewer.copyIn(directory.resolve(TranscriptFiles.CAST), "a.cast");
            CommandResult played = viewer.run("script -qec 'asciinema play a.cast' /dev/null");

            assertThat(played)
                    .succeeded()
                    .stdoutContains("\r\none\\u001B[2J\r\n\u001B[32mgr\u00FCn\u001B[0m\r\n")
                    .stdoutContains("\u001B[31merrors\r\n\u001B[0m")
                    .stdoutMatches("(?s).*\\(ended its shell with code 3, after [^)]*\\).*");
            org.assertj.core.api.Assertions.assertThat(played.duration().toMillis()).isBetween(1_000L, 20_000L);
        }
    }
}
