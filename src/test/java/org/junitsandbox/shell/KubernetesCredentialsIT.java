package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ManySandboxesJvm;
import org.junitsandbox.harness.SandboxJvm;

/** Users with the rights of the example's Role, whose token changes while the JVM runs. */
@Timeout(120)
class KubernetesCredentialsIT {

    private static final String NAMESPACE = "sandboxes";

    private static final String ACCOUNT = "sandbox-tests";

    /** The API server knows a token for some time after its end. */
    private static final Duration TOKEN_CACHE_LIMIT = Duration.ofSeconds(30);

    private static final Pattern TOKEN = Pattern.compile("token: (\\S+)");

    @BeforeAll
    static void createAccount() {
        Cluster.assumeUsed();
        Cluster.kubectl("apply", "--filename", "examples/kubernetes/rbac.yaml");
    }

    @AfterAll
    static void deleteAccount() {
        if (Cluster.isUsed()) {
            Cluster.kubectl("delete", "--filename", "examples/kubernetes/rbac.yaml");
        }
    }

    /** How a kubeconfig names a file with the token, once by itself and once by a program that prints it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokenFile: FILE",
                """
                exec:
                      apiVersion: client.authentication.k8s.io/v1beta1
                      command: /bin/sh
                      args:
                      - -c
                      - 'printf ''{"apiVersion": "client.authentication.k8s.io/v1beta1", "kind": "ExecCredential",
                        "status": {"token": "%s", "expirationTimestamp": "%s"}}'' "$(cat FILE)"
                        "$(date -u +%FT%TZ)"'"""
            })
    void usesATokenThatHasChanged(String user, @TempDir Path directory) throws Exception {
        Path token = directory.resolve("token");
        Path kubeconfig = directory.resolve("kubeconfig");
        String first = account();
        Files.writeString(token, tokenOf(first));
        Files.writeString(kubeconfig, TOKEN.matcher(first)
                .replaceFirst(Matcher.quoteReplacement(user.replace("FILE", token.toString()))));
        try (SandboxJvm jvm = SandboxJvm.start(
                ManySandboxesJvm.class, "1", Map.of("KUBECONFIG", kubeconfig.toString()))) {
            String pod = jvm.nextLine();
            revoke(first, directory);
            Files.writeString(token, tokenOf(account()));

            jvm.enterLine();

            assertThat(jvm.nextLine()).isNotEqualTo(pod);
            jvm.endInput();
            assertThat(jvm.exitCode()).isZero();
        }
    }

    @Test
    void namesARightThatIsMissing(@TempDir Path directory) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, Cluster.script("account", NAMESPACE, "without-rights"));
        try (SandboxJvm jvm = SandboxJvm.start(
                ManySandboxesJvm.class, "1", Map.of("KUBECONFIG", kubeconfig.toString()))) {
            assertThat(jvm.failure()).contains("create").contains("pods").contains(NAMESPACE);
        }
    }

    private static String account() {
        return Cluster.script("account", NAMESPACE, ACCOUNT);
    }

    private static String tokenOf(String kubeconfig) {
        Matcher token = TOKEN.matcher(kubeconfig);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    /** Makes a token void, and waits until the API server takes it no more. */
    private static void revoke(String kubeconfig, Path directory) throws Exception {
        Path old = directory.resolve("old");
        Files.writeString(old, kubeconfig);
        Cluster.kubectl("delete", "secret", "--namespace", NAMESPACE, "--all");
        Eventually.await(
                "the old token is refused",
                TOKEN_CACHE_LIMIT,
                () -> Cluster.answer("kubectl", "--kubeconfig", old.toString(), "get", "pods"),
                answer -> answer.contains("Unauthorized"));
    }
}
