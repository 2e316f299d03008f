package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.internal.engine.kubernetes.Kubeconfig.Defined;

/** What plugins are given, and how they end. */
@Timeout(30)
class ExecPluginTests {

    private static final String CREDENTIALS = "echo '{\"apiVersion\": \"v1\", \"status\": {\"token\": \"t\"}}'; ";

    @TempDir
    private Path folder;

    private final Cluster cluster = new Cluster();

    private ExecPlugin plugin(String script, Duration timeout) {
        ExecConfig config = new ExecConfigBuilder()
                .withApiVersion("v1")
                .withCommand("sh")
                .withProvideClusterInfo(true)
                .withArgs("-c", "echo $$ > " + folder + "/pid; " + script)
                .build();
        return new ExecPlugin(config, folder, new Defined<>(cluster, folder), timeout);
    }

    private void assertGone() throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null) {
            process.onExit().get();
        }
    }

    @Test
    void areGivenTheirClusterAsAnExecCredentialHasIt() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), "authority");
        cluster.setServer("https://one.example");
        cluster.setCertificateAuthority("ca.pem");
        cluster.setExtensions(List.of(
                new NamedExtension(Map.of("audience", "tests"), "client.authentication.k8s.io/exec"),
                new NamedExtension(Map.of("other", "x"), "other")));

        plugin("printf %s \"$KUBERNETES_EXEC_INFO\" > " + folder + "/info; " + CREDENTIALS, Duration.ofSeconds(20))
                .getToken();

        assertThat(folder.resolve("info"))
                .content()
                .contains("\"certificate-authority-data\":\"YXV0aG9yaXR5\"", "\"config\":{\"audience\":\"tests\"}")
                .doesNotContain("ca.pem", "extensions", "other");
    }

    @Test
    void areNamedWhenTheirCertificateHasExpired() {
        String certificate = "\"clientCertificateData\": \"C\", \"clientKeyData\": \"K\"";
        ExecPlugin plugin = plugin(
                CREDENTIALS.replace(
                        "\"token\": \"t\"",
                        certificate + ", \"expirationTimestamp\": \"2020-01-01T00:00:00Z\""),
                Duration.ofSeconds(20));
        plugin.credentials();

        assertThatIllegalStateException()
                .isThrownBy(plugin::checkCertificate)
                .withMessageStartingWith(
                        "The certificate that the credential plugin `sh` printed was valid until 2020-01-01T00:00:00Z");
    }

    @Test
    void mayPrintACertificateWithoutAnExpiry() {
        String certificate = "\"clientCertificateData\": \"C\", \"clientKeyData\": \"K\"";
        ExecPlugin plugin = plugin(CREDENTIALS.replace("\"token\": \"t\"", certificate), Duration.ofSeconds(20));
        plugin.credentials();

        assertThatNoException().isThrownBy(plugin::checkCertificate);
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
