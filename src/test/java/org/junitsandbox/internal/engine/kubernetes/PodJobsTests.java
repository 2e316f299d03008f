package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** Jobs that make pods, and what an API server written by hand lets become of them. */
@Timeout(60)
class PodJobsTests {

    private static final ContainerConfig CONFIG =
            ContainerConfig.builder("tool:1", List.of("cat")).build();

    private static final String FORBIDDEN =
            "{\"kind\": \"Status\", \"code\": 403, \"message\": \"events is forbidden: User \\\"u\\\" cannot list"
                    + " resource \\\"events\\\" in API group \\\"\\\" in the namespace \\\"n\\\"\"}";

    private final CountDownLatch deletedJobs = new CountDownLatch(1);
    private HttpServer server;

    /** What the server makes of a Job's specification. */
    private String spec = "{\"ttlSecondsAfterFinished\": 60}";

    private int eventsStatus = 200;
    private String events = "{\"kind\": \"EventList\", \"apiVersion\": \"v1\", \"items\": []}";

    @TempDir
    private Path folder;

    private static boolean hasNoPod(@Nullable Integer active) {
        return PodJobs.hasNoPod(
                new JobBuilder().withNewStatus().withActive(active).endStatus().build());
    }

    @Test
    void haveAPodAsLongAsOneIsActive() {
        assertThat(hasNoPod(1)).isFalse();
        assertThat(hasNoPod(0)).isTrue();
        assertThat(hasNoPod(null)).isTrue();
        assertThat(PodJobs.hasNoPod(new Job())).isTrue();
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean isDeletion = exchange.getRequestMethod().equals("DELETE");
        if (path.endsWith("/version")) {
            PendingCluster.send(exchange, 200, "{\"gitVersion\": \"v1.0.0\"}");
        } else if (isDeletion && path.contains("/jobs/")) {
            PendingCluster.send(exchange, 200, "{}");
            deletedJobs.countDown();
        } else if (path.endsWith("/jobs")) {
            PendingCluster.send(
                    exchange,
                    201,
                    "{\"kind\": \"Job\", \"apiVersion\": \"batch/v1\", \"metadata\": {\"name\": \"j\"}, \"spec\": "
                            + spec + "}");
        } else if (path.endsWith("/events")) {
            PendingCluster.send(exchange, eventsStatus, events);
        } else {
            PendingCluster.send(exchange, 200, "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}");
        }
    }

    private EngineException failure() throws Exception {
        Path config = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: c, namespace: n}}]
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                """
                        .formatted(server.getAddress().getPort()));
        Surroundings surroundings = new Surroundings(List.of(config), config, null, null, folder);
        KubernetesSettings settings = KubernetesSettings.of(Map.of("sandbox.kubernetes.job", "true"));
        try (ClusterAccess access = ClusterAccess.of(ClusterConfig.find(surroundings, null), null)) {
            KubernetesEngine engine = KubernetesEngine.connect(access, settings, Duration.ofSeconds(20));
            EngineException[] failure = new EngineException[1];
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> engine.start(CONFIG))
                    .satisfies(e -> failure[0] = e);
            assertThat(deletedJobs.await(20, TimeUnit.SECONDS)).isTrue();
            return failure[0];
        }
    }

    @Test
    void makeThePodOnceAndKeepItForAMinute() throws EngineException {
        PodManifest manifest = new PodManifest(
                KubernetesSettings.of(Map.of("sandbox.kubernetes.deadline", "90s")),
                "tests",
                new OwnerReferenceBuilder().withName("the-tests").build());
        Pod pod = manifest.of(CONFIG, "a-pod");

        Job job = PodJobs.of(pod);

        assertThat(job.getMetadata()).isEqualTo(pod.getMetadata());
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(60);
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(90 + 5 * 60);
        assertThat(job.getSpec().getTemplate().getSpec()).isEqualTo(pod.getSpec());
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .isEqualTo(pod.getMetadata().getLabels());
        assertThat(job.getSpec().getTemplate().getMetadata().getAnnotations())
                .isEqualTo(pod.getMetadata().getAnnotations());
        assertThat(job.getSpec().getTemplate().getMetadata().getOwnerReferences())
                .isEmpty();
    }

    @Test
    void areRefusedWhereTheClusterWouldKeepThem() throws Exception {
        spec = "{}";

        assertThat(failure())
                .hasMessageContaining("does not know ttlSecondsAfterFinished")
                .hasMessageContaining("do not set sandbox.kubernetes.job");
    }

    @Test
    void reportTheQuotaThatAllowsNoPod() throws Exception {
        events =
                """
                {"kind": "EventList", "apiVersion": "v1", "items": [{"type": "Warning", "reason": "FailedCreate",
                 "metadata": {"name": "e"}, "message": "Error creating: pods is forbidden: exceeded quota: two"}]}
                """;

        EngineException failure = failure();

        assertThat(failure.fault()).isEqualTo(Fault.NO_ROOM);
        assertThat(failure)
                .hasMessageStartingWith("The cluster could not make the pod of job junit-sandbox-")
                .hasMessageContaining(": Error creating: pods is forbidden: exceeded quota: two. Lower"
                        + " sandbox.pool.max");
    }

    @Test
    void reportThatNoPodWasMadeAndWhyTheReasonIsNotKnown() throws Exception {
        eventsStatus = 403;
        events = FORBIDDEN;

        EngineException failure = failure();

        assertThat(failure.fault()).isEqualTo(Fault.ENGINE);
        assertThat(failure)
                .hasMessageStartingWith("The cluster has made no pod for job junit-sandbox-")
                .hasMessageContaining("within 30 s. Why is not known: ")
                .hasMessageContaining("It needs the right to `list` the resource `events` in namespace n");
    }
}
