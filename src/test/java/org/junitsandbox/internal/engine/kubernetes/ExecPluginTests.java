package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that do not end by themselves. */
@Timeout(30)
class ExecPluginTests {

    private static final String CREDENTIALS = "echo '{\"apiVersion\": \"v1\", \"status\": {\"token\": \"t\"}}'; ";

    @TempDir
    private Path folder;

    private ExecPlugin plugin(String script, Duration timeout) {
        ExecConfig config = new ExecConfigBuilder()
                .withApiVersion("v1")
                .withCommand("sh")
                .withArgs("-c", "echo $$ > " + folder + "/pid; " + script)
                .build();
        return new ExecPlugin(config, folder, new Cluster(), timeout);
    }

    private void assertGone() throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null) {
            process.onExit().get();
        }
    }

    @Test
    void areEndedWhenTheyGoOnAfterTheirCredentials() throws Exception {
        ExecPlugin plugin = plugin(CREDENTIALS + "exec >&-; while :; do sleep 1; done", Duration.ofSeconds(1));

        assertThatIllegalStateException()
                .isThrownBy(plugin::credentials)
                .withMessageContaining("did not end within 1 s");
        assertGone();
    }

    @Test
    void areEndedWhenTheyPrintTooMuch() throws Exception {
        ExecPlugin plugin = plugin("while :; do echo credentials; done", Duration.ofSeconds(20));

        assertThatIllegalStateException()
                .isThrownBy(plugin::credentials)
                .withMessageContaining("printed more than 1 MiB");
        assertGone();
    }

    @Test
    void mayEndAfterTheirOutputHas() {
        ExecPlugin plugin = plugin(CREDENTIALS + "exec >&-; sleep 0.1", Duration.ofSeconds(20));

        assertThat(plugin.getToken()).isEqualTo("t");
    }
}
