package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;

/** Pods that are waited for, with an API server written by hand. */
@Timeout(90)
class PendingPodTests {

    private static final String PENDING = "{\"phase\": \"Pending\"}";

    private static final String RUNNING = "{\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"sandbox\","
            + " \"state\": {\"running\": {\"startedAt\": \"2026-01-02T03:04:05Z\"}}}]}";

    /** Starts a pod of the cluster that the kubeconfig names. */
    static final class Jvm {

        private Jvm() {}

        public static void main(String[] args) throws EngineException {
            start();
        }
    }

    private static void start() throws EngineException {
        start(ClusterAccess.find(null, null));
    }

    private static void start(ClusterAccess access) throws EngineException {
        KubernetesEngine.connect(access, KubernetesSettings.of(Map.of()), Duration.ofSeconds(20))
                .start(ContainerConfig.builder("tool:1", List.of("cat")).build());
    }

    private static Process jvm(PendingCluster cluster, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.commandLine(List.of(), Jvm.class))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("KUBECONFIG", cluster.kubeconfig(folder).toString());
        return builder.start();
    }

    @Test
    void areDeletedAtTheEndOfTheirJvm(@TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(PENDING, 400, 1)) {
            Process jvm = jvm(cluster, folder);
            try {
                assertThat(cluster.awaitAttaches()).isTrue();

                jvm.destroy();

                assertThat(cluster.awaitDeletion()).isTrue();
                jvm.waitFor();
            } finally {
                jvm.destroyForcibly();
            }
        }
    }

    /** A proxy that lets no WebSockets pass answers so; others redirect, or answer in the server's place. */
    @ParameterizedTest
    @CsvSource({"400", "404", "502"})
    void reportTheRefusalToAttachToARunningContainer(int refusal, @TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(RUNNING, refusal, 1);
                ClusterAccess access = access(cluster, folder)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> start(access))
                    .withMessageContaining("(status " + refusal + "): the proxy's own reason. Its container runs.")
                    .withMessageContaining("WebSockets");
            assertThat(cluster.awaitDeletion()).isTrue();
        }
    }

    /** As behind a load balancer whose API server starts again, and by a server that is too busy for a while. */
    @Test
    void areCreatedByAClusterThatTakesNoneForSomeSeconds(@TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(RUNNING, 403, 1);
                ClusterAccess access = access(cluster, folder)) {
            cluster.refuseCreations(502, 503, 504, 503, 429, 429);

            assertThatThrownBy(() -> start(access)).hasMessageContaining("The cluster does not attach to pod");

            assertThat(cluster.refusalsLeft()).isZero();
        }
    }

    /** What it refused at the end may have been created at an attempt before, whose answer was lost. */
    @Test
    void areDeletedIfTheClusterRefusesThemAfterAFailure(@TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(RUNNING, 403, 1);
                ClusterAccess access = access(cluster, folder)) {
            cluster.refuseCreations(504, 504, 504, 504, 403);

            assertThatThrownBy(() -> start(access)).hasMessageContaining("The cluster could not create pod");

            assertThat(cluster.refusalsLeft()).isZero();
            assertThat(cluster.awaitDeletion()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | (status 429). The API server gets more requests than it accepts: run fewer tests at once
            503 | (status 503). The API server, or a proxy or load balancer before it, does not serve the call
            """)
    void reportAClusterThatGoesOnRefusing(int status, String message, @TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(RUNNING, 403, 1);
                ClusterAccess access = access(cluster, folder)) {
            cluster.refuseCreations(Collections.nCopies(100, status).toArray(new Integer[0]));

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> start(access))
                    .withMessageContaining("The cluster could not create pod ")
                    .withMessageContaining(message);
        }
    }

    @Test
    void areNotCreatedOnceTheirJvmEnds(@TempDir Path folder) throws Exception {
        try (PendingCluster cluster = new PendingCluster(PENDING, 400, 1)) {
            cluster.refuseCreations(Collections.nCopies(100, 503).toArray(new Integer[0]));
            Process jvm = jvm(cluster, folder);
            try {
                Eventually.await("refused", Duration.ofSeconds(30), cluster::refusalsLeft, left -> left <= 96);

                jvm.destroy();
                jvm.waitFor();

                // The client makes four requests of each attempt. One may be under way, and one begin, until it ends.
                assertThat(cluster.refusalsLeft()).isGreaterThanOrEqualTo(100 - 3 * 4);
            } finally {
                jvm.destroyForcibly();
            }
        }
    }

    private static ClusterAccess access(PendingCluster cluster, Path folder) throws Exception {
        return access(cluster.kubeconfig(folder), folder);
    }

    private static ClusterAccess access(Path config, Path folder) throws Exception {
        return ClusterAccess.of(
                ClusterConfig.find(new Surroundings(List.of(config), config, null, null, folder), null), null);
    }

    /** The plugin is asked again after the status 401, fails that once, and serves the deletion. */
    @Test
    void areDeletedIfTheCredentialPluginFails(@TempDir Path folder) throws Exception {
        Path plugin = Files.writeString(
                folder.resolve("plugin"),
                """
                echo >>"$0.calls"
                [ "$(wc -l <"$0.calls")" -ne 2 ] || exit 7
                echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
                       "status": {"token": "secret"}}'
                """);
        String user = "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: /bin/sh,"
                + " args: [" + plugin + "]}";
        try (PendingCluster cluster = new PendingCluster(PENDING, 401, 1);
                ClusterAccess access = access(cluster.kubeconfig(folder, user), folder)) {
            assertThatThrownBy(() -> start(access)).hasMessageContaining("ended with exit code 7");

            assertThat(cluster.awaitDeletion()).isTrue();
        }
    }

    @Test
    void reportTheCredentialPluginAndNotTheServer(@TempDir Path folder) throws Exception {
        String user = "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,"
                + " command: /bin/false}";
        try (PendingCluster cluster = new PendingCluster(PENDING, 400, 1)) {
            assertThatThrownBy(() -> {
                        try (ClusterAccess access = access(cluster.kubeconfig(folder, user), folder)) {
                            start(access);
                        }
                    })
                    .hasMessageContaining("The credential plugin `/bin/false`")
                    .hasMessageNotContaining("does not answer");
        }
    }
}
