package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** The configuration of a user whose credentials a plugin prints. */
class PluginConfigTests {

    @TempDir
    private Path folder;

    private ClusterConfig findWithPlugin(String script) throws Exception {
        Path plugin = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Kubeconfigs.find(
                folder,
                "far",
                Files.writeString(folder.resolve("config"),
                        Kubeconfigs.CLUSTERS.replace(
                                "{tokenFile: bob.token}",
                                """
                                {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin,
                                  args: [a b], env: [{name: COLOUR, value: blue}], installHint: Get it.,
                                  provideClusterInfo: true, interactiveMode: Never}}""")));
    }

    private static String answer(String status) {
        return "cat <<END\n{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\","
                + " \"status\": " + status + "}\nEND\n";
    }

    @Test
    void takesTheTokenThatItPrints() throws Exception {
        Config config = findWithPlugin("echo a warning >&2\n" + answer("{\"token\": \"$1 $COLOUR\"}"))
                .config();

        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("a b blue");
    }

    @Test
    void isGivenItsClusterAndNoInput() throws Exception {
        findWithPlugin("printf %s \"$KUBERNETES_EXEC_INFO\" > " + folder + "/info; cat > " + folder
                + "/input\n" + answer("{\"token\": \"t\"}"));

        assertThat(folder.resolve("info"))
                .content()
                .contains("\"interactive\":false", "\"server\":\"https://two.example\"");
        assertThat(folder.resolve("input")).isEmptyFile();
    }

    @Test
    void isRunAgainWhenTheTokenHasExpired() throws Exception {
        ClusterConfig found = findWithPlugin("echo x >> " + folder + "/runs\n"
                + answer("{\"token\": \"$(wc -l < " + folder + "/runs)\", \"expirationTimestamp\":"
                        + " \"2020-01-01T00:00:00Z\"}"));

        assertThat(found.config().getOauthTokenProvider().getToken()).isEqualTo("2");
    }

    @Test
    void isRunAgainWhenTheTokenWasRefused() throws Exception {
        ClusterConfig found = findWithPlugin("echo x >> " + folder + "/runs\n"
                + answer("{\"token\": \"$(wc -l < " + folder + "/runs)\"}"));
        assertThat(found.config().getOauthTokenProvider().getToken()).isEqualTo("1");

        Objects.requireNonNull(found.plugin()).forget();

        assertThat(found.config().getOauthTokenProvider().getToken()).isEqualTo("2");
    }

    @Test
    void takesTheCertificateThatItPrints() throws Exception {
        Config config = findWithPlugin(
                        answer("{\"clientCertificateData\": \"C\", \"clientKeyData\": \"K\"}"))
                .config();

        assertThat(config.getOauthTokenProvider()).isNull();
        assertThat(config.getClientCertData()).isEqualTo("Qw==");
        assertThat(config.getClientKeyData()).isEqualTo("Sw==");
    }

    private void assertFails(String script, String... messages) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> findWithPlugin(script))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .satisfies(e -> assertThat(e).hasMessageContainingAll(messages))
                .withMessageStartingWith("The credential plugin `./plugin`, which the kubeconfig in " + folder
                        + " names, ");
    }

    @Test
    void isQuotedWhenItFails() {
        assertFails("echo 'log in first' >&2; exit 3", "exit code 3", "log in first", "Its own hint: Get it.");
    }

    @Test
    void isNotQuotedWhenItPrintsSomethingElse() {
        assertFails("echo 'secret: ['", "printed 10 characters that are not an ExecCredential");
    }

    @Test
    void mustPrintCredentials() {
        assertFails(answer("{}"), "printed neither a token nor a certificate with its key");
    }

    @Test
    void mustPrintTheVersionThatWasAskedFor() {
        assertFails(
                answer("{\"token\": \"t\"}").replace("k8s.io/v1", "k8s.io/v1beta1"),
                "of apiVersion client.authentication.k8s.io/v1beta1 in place of client.authentication.k8s.io/v1");
    }
}
