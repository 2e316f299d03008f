package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;

/** Which pods of other JVMs are deleted. */
class LeftPodsTests {

    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    private static Pod pod(String name, String phase, OwnerReference... owners) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(CREATED.toString())
                .withLabels(Map.of(OwnLabels.SESSION, "another"))
                .withOwnerReferences(owners)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static boolean isLeft(String phase, Duration age) {
        return LeftPods.isLeft(pod("a", phase), CREATED.plus(age));
    }

    @Test
    void findsPodsThatNobodyWaitsForAnyMore() {
        assertThat(isLeft("Pending", Duration.ofHours(1))).isTrue();
        assertThat(isLeft("Pending", Duration.ofMinutes(10))).isFalse();
        assertThat(isLeft("Running", Duration.ofHours(1))).isFalse();
        assertThat(isLeft("Failed", Duration.ZERO)).isTrue();
    }

    @Test
    void findsJobsWhosePodNobodyWaitsForAnyMore() {
        ObjectMeta others = pod("a", "").getMetadata();
        ObjectMeta own = new ObjectMetaBuilder(others)
                .addToLabels(OwnLabels.SESSION, OwnLabels.SESSION_ID)
                .build();
        ObjectMeta ofEndedJvm = new ObjectMetaBuilder(others)
                .addToAnnotations(OwnLabels.PROCESS, ProcessIdentity.CURRENT + "0")
                .build();

        assertThat(LeftPods.isLeft(others, CREATED.plus(Duration.ofHours(1)))).isTrue();
        assertThat(LeftPods.isLeft(others, CREATED.plus(Duration.ofMinutes(10)))).isFalse();
        assertThat(LeftPods.isLeft(ofEndedJvm, CREATED)).isTrue();
        assertThat(LeftPods.isLeft(own, CREATED.plus(Duration.ofHours(1)))).isFalse();
    }

    /** Another JVM that lives looks at it when it has ended. */
    @Test
    void sparesPodsThatCheckTheNetworkForAWhile() {
        Pod control = new PodBuilder(pod("control", "Succeeded"))
                .withNewSpec()
                .addNewContainer()
                .withName("network-policy-control")
                .endContainer()
                .endSpec()
                .build();

        assertThat(LeftPods.isLeft(control, CREATED.plusSeconds(60))).isFalse();
        assertThat(LeftPods.isLeft(control, CREATED.plus(Duration.ofHours(1)))).isTrue();
    }

    private static OwnerReference owner(String kind, String name, boolean isController) {
        return new OwnerReferenceBuilder()
                .withKind(kind)
                .withName(name)
                .withController(isController)
                .build();
    }

    @Test
    void knowsTheJobThatMadeAPod() {
        assertThat(PodJobs.jobOf(pod("a", "Failed", owner("Job", "maker", true))))
                .contains("maker");
        assertThat(PodJobs.jobOf(pod("a", "Failed", owner("Pod", "the-tests", false), owner("Job", "other", false))))
                .isEmpty();
        assertThat(PodJobs.jobOf(pod("a", "Failed"))).isEmpty();
    }

    @Test
    void goesOnAfterAPodThatCannotBeDeleted() throws Exception {
        BlockingQueue<String> deleted = new LinkedBlockingQueue<>();
        byte[] pods = Serialization.asJson(new PodListBuilder()
                        .withItems(pod("refused", "Failed"), pod("of-job", "Failed", owner("Job", "job", true)))
                        .build())
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            boolean isDeletion = exchange.getRequestMethod().equals("DELETE");
            byte[] answer = isDeletion ? "{}".getBytes(StandardCharsets.UTF_8) : pods;
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(isDeletion && path.endsWith("/refused") ? 403 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
            if (isDeletion) {
                deleted.add(path.substring(path.indexOf("/n/") + 3));
            }
        });
        server.start();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build()) {
            PodApi api = new PodApi(client, "n", Duration.ofSeconds(20));
            new LeftPods(api, api).removeOnce();

            assertThat(List.of(next(deleted), next(deleted))).containsExactly("pods/refused", "jobs/job");
        } finally {
            server.stop(0);
        }
    }

    private static String next(BlockingQueue<String> names) throws InterruptedException {
        return String.valueOf(names.poll(20, TimeUnit.SECONDS));
    }
}
