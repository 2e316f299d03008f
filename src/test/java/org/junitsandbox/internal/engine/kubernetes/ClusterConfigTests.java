package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

class ClusterConfigTests {

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ClusterConfig find(@Nullable String context, Path... kubeconfigs) throws EngineException {
        return Kubeconfigs.find(folder, context, kubeconfigs);
    }

    private ThrowableAssertAlternative<EngineException> assertUnavailable(
            @Nullable String context, Path... kubeconfigs) {
        return assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> find(context, kubeconfigs))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE));
    }

    @Test
    void takesTheCurrentContextAndResolvesPathsAgainstItsFile() throws Exception {
        Config config = find(null, write("config", Kubeconfigs.CLUSTERS)).config();

        assertThat(config.getMasterUrl()).isEqualTo("https://one.example:6443/");
        assertThat(config.getNamespace()).isEqualTo("builds");
        assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("pki/ca.pem").toString());
        assertThat(config.getClientCertFile()).isEqualTo(folder.resolve("alice.pem").toString());
        assertThat(config.getClientKeyFile()).isEqualTo("/keys/alice.pem");
    }

    @Test
    void takesANamedContext() throws Exception {
        write("bob.token", "first\n");
        Config config = find("far", write("config", Kubeconfigs.CLUSTERS)).config();

        assertThat(config.getMasterUrl()).isEqualTo("https://two.example/");
        assertThat(config.getHttpsProxy()).isEqualTo("http://proxy.example:3128");
    }

    @ParameterizedTest
    @CsvSource({"one.example:6443, https://one.example:6443/", "one.example/path, https://one.example/path/"})
    void usesTlsForAServerWithoutAScheme(String server, String address) throws Exception {
        Path file = write("config", Kubeconfigs.CLUSTERS.replace("https://one.example:6443", server));

        assertThat(find(null, file).config().getMasterUrl()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://one.example", "https://", "one example"})
    void refusesAServerThatIsNoAddress(String server) throws Exception {
        Path file = write("config", Kubeconfigs.CLUSTERS.replace("https://one.example:6443", server));

        assertUnavailable(null, file)
                .withMessageContaining("has the server " + server + ", which is no address")
                .withMessageContaining("https://host:6443");
    }

    @Test
    void refusesANameOfTheServerThatTheClientCannotCheck() throws Exception {
        Path file = write("config", Kubeconfigs.CLUSTERS.replace("pki/ca.pem", "pki/ca.pem, tls-server-name: inner"));

        assertUnavailable(null, file).withMessageContaining("has the tls-server-name inner, for which");
    }

    @ParameterizedTest
    @ValueSource(strings = {"as-groups: [admins]", "as-user-extra: {scope: [all]}", "as: bob, as-uid: '7'"})
    void refusesAnImpersonationThatItCannotPassOn(String fields) throws Exception {
        Path file = write("config", Kubeconfigs.CLUSTERS.replace("client-key:", fields + ", client-key:"));

        assertUnavailable(null, file).withMessageContaining(" has as-");
    }

    @Test
    void takesAnImpersonation() throws Exception {
        Path file = write(
                "config", Kubeconfigs.CLUSTERS.replace("client-key:", "as: bob, as-groups: [a, b], client-key:"));

        Config config = find(null, file).config();

        assertThat(config.getImpersonateUsername()).isEqualTo("bob");
        assertThat(config.getImpersonateGroups()).containsExactly("a", "b");
    }

    @Test
    void takesTheHomeOfTheEnvironmentFirst() {
        assertThat(Surroundings.home("/home/ci")).isEqualTo("/home/ci");
        assertThat(Surroundings.home("")).isEqualTo(System.getProperty("user.home"));
        assertThat(Surroundings.home(null)).isEqualTo(System.getProperty("user.home"));
    }

    @Test
    void readsATokenFileEachTime() throws Exception {
        write("bob.token", "first\n");
        Config config = find("far", write("config", Kubeconfigs.CLUSTERS)).config();
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");

        write("bob.token", "second\n");

        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
    }

    @Test
    void readsSeveralFilesTogetherTheFirstDefinitionCounts() throws Exception {
        Path first = write("first", "clusters: [{name: one, cluster: {server: 'https://first.example'}}]\n");

        Config config = find(null, first, write("second", Kubeconfigs.CLUSTERS)).config();

        assertThat(config.getMasterUrl()).isEqualTo("https://first.example/");
    }

    @Test
    void listsTheContextsWhereOneIsUnknown() throws Exception {
        Path file = write("config", Kubeconfigs.CLUSTERS);

        assertUnavailable("nowhere", file)
                .withMessageContaining("No context of [" + file + "] is called \"nowhere\": it has [near, far, torn]")
                .withMessageContaining("sandbox.kubernetes.context");
    }

    @Test
    void namesTheClusterThatAContextLacks() throws Exception {
        assertUnavailable("torn", write("config", Kubeconfigs.CLUSTERS))
                .withMessageContaining("is called \"three\", which context torn names: it has [one, two]");
    }

    @Test
    void asksForAChoiceWhereNoContextIsCurrent() throws Exception {
        assertUnavailable(null, write("config", Kubeconfigs.CLUSTERS.replace("current-context: near\n", "")))
                .withMessageContaining("is the current one: it has [near, far, torn]")
                .withMessageContaining("kubectl config use-context");
    }

    @Test
    void namesAChosenFileThatIsNotThere() {
        Path file = folder.resolve("missing");

        assertUnavailable(null, file).withMessageContaining("KUBECONFIG names [" + file + "]");
    }

    @Test
    void namesAFileThatIsNotValid() throws Exception {
        Path file = write("config", "clusters: {name: [");

        assertUnavailable(null, file).withMessageStartingWith("The kubeconfig " + file + " is not valid: ");
    }

    @Test
    void namesAFileThatCannotBeRead() throws Exception {
        Path file = Files.createDirectory(folder.resolve("config"));

        assertUnavailable(null, file).withMessageStartingWith("The kubeconfig " + file + " cannot be read: ");
    }

    @Test
    void namesWhatItLookedForWhereThereIsNothing() {
        Surroundings nothing = new Surroundings(null, folder.resolve("usual"), null, null, folder);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> ClusterConfig.find(nothing, null))
                .withMessageContaining("KUBECONFIG is not set, there is no " + folder.resolve("usual"))
                .withMessageContaining("there is no " + folder.resolve("token"));
    }

    /** Settings of the client's own, as system properties; they can be in the environment as well. */
    @Nested
    class WithSettingsOfTheClient {

        private final Map<String, String> set = new HashMap<>();

        private void set(String name, String value) {
            set.put(name, value);
            System.setProperty(name, value);
        }

        @AfterEach
        void reset() {
            set.keySet().forEach(System::clearProperty);
        }

        @Test
        void takesNoServerNoTrustAndNoUserFromThem() throws Exception {
            set("kubernetes.master", "http://elsewhere.example");
            set("kubernetes.trust.certificates", "true");
            set("kubernetes.disable.hostname.verification", "true");
            set("kubernetes.certs.ca.file", "/elsewhere.pem");
            set("kubernetes.certs.client.file", "/elsewhere.pem");
            set("kubernetes.auth.token", "other");
            set("kubernetes.auth.basic.username", "other");
            set("kubernetes.impersonate.username", "other");
            set("kubernetes.namespace", "other");

            Config config = find(null, write("config", Kubeconfigs.CLUSTERS)).config();

            assertThat(config.getMasterUrl()).isEqualTo("https://one.example:6443/");
            assertThat(config.isTrustCerts()).isFalse();
            assertThat(config.isDisableHostnameVerification()).isFalse();
            assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("pki/ca.pem").toString());
            assertThat(config.getClientCertFile()).isEqualTo(folder.resolve("alice.pem").toString());
            assertThat(config.getAutoOAuthToken()).isNull();
            assertThat(config.getUsername()).isNull();
            assertThat(config.getImpersonateUsername()).isNull();
            assertThat(config.getNamespace()).isEqualTo("builds");
        }

        @Test
        void takesProxiesAndTimeLimitsFromThem() throws Exception {
            set("https.proxy", "http://outer.example:8080");
            set("no.proxy", "inner.example");
            set("proxy.username", "proxy-user");
            set("kubernetes.connection.timeout", "1234");

            Config config = find(null, write("config", Kubeconfigs.CLUSTERS)).config();

            assertThat(config.getHttpsProxy()).isEqualTo("http://outer.example:8080");
            assertThat(config.getNoProxy()).containsExactly("inner.example");
            assertThat(config.getProxyUsername()).isEqualTo("proxy-user");
            assertThat(config.getConnectionTimeout()).isEqualTo(1234);
        }

        @Test
        void prefersTheProxyOfTheContextAndGivesItNoUserOfAnotherOne() throws Exception {
            set("https.proxy", "http://outer.example:8080");
            set("no.proxy", "two.example");
            set("proxy.username", "proxy-user");

            Config config = find("far", write("config", Kubeconfigs.CLUSTERS)).config();

            assertThat(config.getHttpsProxy()).isEqualTo("http://proxy.example:3128");
            assertThat(config.getNoProxy()).isNull();
            assertThat(config.getProxyUsername()).isNull();
        }
    }

    @Nested
    class InACluster {

        private ClusterConfig find(@Nullable String context) throws EngineException {
            return ClusterConfig.find(
                    new Surroundings(null, folder.resolve("usual"), "fd00::1", "443", folder), context);
        }

        @Test
        void takesTheServiceAccountAndReadsItsTokenEachTime() throws Exception {
            write("token", "first");
            write("namespace", "tests\n");
            ClusterConfig found = find(null);
            Config config = found.config();

            assertThat(found.description()).isEqualTo("the service account of this pod");
            assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:443/");
            assertThat(config.getNamespace()).isEqualTo("tests");
            assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("ca.crt").toString());
            write("token", "second");
            assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
        }

        @Test
        void prefersAKubeconfig() throws Exception {
            write("token", "first");
            write("usual", Kubeconfigs.CLUSTERS);

            assertThat(find(null).config().getMasterUrl()).isEqualTo("https://one.example:6443/");
        }

        @Test
        void hasNoContexts() throws Exception {
            write("token", "first");

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> find("near"))
                    .withMessageContaining("sandbox.kubernetes.context is \"near\"");
        }
    }
}
