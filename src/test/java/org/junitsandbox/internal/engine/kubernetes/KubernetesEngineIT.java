package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ClusterNamespace;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.AttachedContainer.State;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** Pods on a real cluster: their start, their end, and why they do not start. */
@Timeout(120)
class KubernetesEngineIT {

    @RegisterExtension
    static final ClusterNamespace OWN_NAMESPACE = new ClusterNamespace("engine-it");

    private static final String NAMESPACE = OWN_NAMESPACE.name();

    /** For what the cluster does by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Nothing waits for this: it is far below the time that a pod may take to start. */
    private static final Duration AT_ONCE = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    private static KubernetesEngine engine(String... settings) throws EngineException {
        Map<String, String> all = new HashMap<>(Map.of(
                "sandbox.kubernetes.namespace", NAMESPACE,
                "sandbox.kubernetes.cpuRequest", "10m"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("sandbox.kubernetes." + settings[i], settings[i + 1]);
        }
        return KubernetesEngine.connect(KubernetesSettings.of(all));
    }

    /** A busybox that ends with its stdin. */
    private static ContainerConfig.Builder echo() {
        return ContainerConfig.builder("busybox:latest", List.of("/bin/sh", "-c", "cat"))
                .network(null)
                .limit(Limit.MEMORY_BYTES, 32 << 20)
                .limit(Limit.NANO_CPUS, 1_000_000_000);
    }

    private static Set<String> pods() {
        String names = Cluster.kubectl("get", "pods", "--namespace", NAMESPACE, "--output", "name");
        return new TreeSet<>(names.lines().toList());
    }

    private static EngineException failure(KubernetesEngine engine, ContainerConfig config) {
        long start = System.nanoTime();
        EngineException failure = catchThrowableOfType(EngineException.class, () -> engine.start(config));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void awaitNoPod(String name) throws Exception {
        Eventually.await(name + " is gone", LIMIT, KubernetesEngineIT::pods, pods -> !pods.contains("pod/" + name));
    }

    @Test
    void startsAPodThatItsStreamsReachAndDeletesIt() throws Exception {
        AttachedContainer container = engine().start(echo().build());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        container.send("hello\n".getBytes(StandardCharsets.UTF_8));
        while (output.size() < 6
                && container.receive(
                        TimeUnit.SECONDS.toNanos(30),
                        (stream, bytes, offset, length) -> output.write(bytes, offset, length))) {}

        assertThat(output).hasToString("hello\n");
        assertThat(pods()).contains("pod/" + container.id());

        container.close();
        awaitNoPod(container.id());
        container.close();
    }

    @Test
    void reportsThatAPodRunsAndThatItWasDeleted() throws Exception {
        try (AttachedContainer container = engine().start(echo().build())) {
            assertThat(container.state()).isEqualTo(State.RUNNING);

            Cluster.kubectl("delete", "pod", container.id(), "--namespace", NAMESPACE, "--wait=true");

            assertThat(container.state()).isEqualTo(State.ENDED);
            assertThat(container.endReason()).isEqualTo("the pod was deleted");
        }
    }

    @Test
    void reportsAPodThatHasReachedItsDeadline() throws Exception {
        try (AttachedContainer container = engine("deadline", "3s").start(echo().build())) {
            Eventually.await("the pod ends", LIMIT, container::state, state -> state == State.ENDED);

            assertThat(container.endReason()).contains("DeadlineExceeded");
        }
    }

    @Test
    void deletesThePodsThatEarlierRunsHaveLeft() throws Exception {
        Cluster.kubectl(
                "run", "left", "--namespace", NAMESPACE, "--image", "busybox:latest", "--image-pull-policy",
                "IfNotPresent", "--restart", "Never", "--labels", "org.junit-sandbox=true", "--", "/bin/true");
        Eventually.await(
                "the pod ends",
                LIMIT,
                () -> Cluster.kubectl(
                        "get", "pod", "left", "--namespace", NAMESPACE, "--output", "jsonpath={.status.phase}"),
                "Succeeded"::equals);

        engine().start(echo().build()).close();

        awaitNoPod("left");
    }

    /** Where the tests themselves run in the cluster, their pod owns those of their sandboxes. */
    @Test
    void hasAPodDeletedWithItsOwner() throws Exception {
        Cluster.kubectl(
                "run", "owner", "--namespace", NAMESPACE, "--image", "busybox:latest", "--image-pull-policy",
                "IfNotPresent", "--restart", "Never", "--", "/bin/sleep", "300");
        Path namespaceFile = Files.writeString(folder.resolve("namespace"), NAMESPACE);
        ClusterAccess access = ClusterAccess.find(null, NAMESPACE);
        PodApi api = new PodApi(access.client(), NAMESPACE, LIMIT);
        OwnerReference owner = PodOwner.find(api, NAMESPACE, Map.of("POD_NAME", "owner"), namespaceFile);
        KubernetesSettings settings = KubernetesSettings.of(Map.of("sandbox.kubernetes.cpuRequest", "10m"));
        Pod pod = new PodManifest(settings, NAMESPACE, owner).of(echo().build(), "owned");
        api.create(pod, () -> {});

        Cluster.kubectl("delete", "pod", "owner", "--namespace", NAMESPACE, "--grace-period", "0", "--force");

        awaitNoPod("owned");
        assertThat(PodOwner.find(api, NAMESPACE, Map.of("HOSTNAME", "no-such-pod"), namespaceFile))
                .isNull();
        assertThat(PodOwner.find(api, "other", Map.of("POD_NAME", "owner"), namespaceFile))
                .isNull();
    }

    @Test
    void reportsAnImageThatNoNodeHas() throws Exception {
        EngineException failure = failure(
                engine("pullPolicy", "Never"), ContainerConfig.builder("no-such-image:1", List.of("/bin/sh")).build());

        assertThat(failure.fault()).isEqualTo(Fault.IMAGE);
        assertThat(failure)
                .hasMessageStartingWith("The cluster's node cannot get image no-such-image:1: ErrImageNeverPull")
                .hasMessageEndingWith("for a private one, set sandbox.kubernetes.imagePullSecrets.");
    }

    @Test
    void reportsAnImageThatCannotBePulled() throws Exception {
        EngineException failure =
                failure(engine(), ContainerConfig.builder("127.0.0.1:1/no:1", List.of("/bin/sh")).build());

        assertThat(failure.fault()).isEqualTo(Fault.IMAGE);
        assertThat(failure).hasMessageContaining("cannot get image 127.0.0.1:1/no:1: ErrImagePull");
    }

    @Test
    void reportsAnInvalidImageName() throws Exception {
        EngineException failure = failure(engine(), ContainerConfig.builder("No Image", List.of("/bin/sh")).build());

        assertThat(failure).hasMessageContaining("cannot get image No Image: InvalidImageName");
    }

    @Test
    void reportsAProgramThatTheImageDoesNotHave() throws Exception {
        EngineException failure =
                failure(engine(), ContainerConfig.builder("busybox:latest", List.of("/bin/no-such-shell")).build());

        assertThat(failure).hasMessageContaining("/bin/no-such-shell");
    }

    @Test
    void reportsAPodThatNoNodeCanTake() throws Exception {
        EngineException failure = failure(
                engine("cpuRequest", "900"),
                echo().limit(Limit.NANO_CPUS, 900_000_000_000L).build());

        assertThat(failure)
                .hasMessageStartingWith("No node of the cluster can take the pod (Unschedulable): ")
                .hasMessageContaining("Insufficient cpu")
                .hasMessageContaining("sandbox.kubernetes.cpuRequest");
        assertThat(failure(engine("nodeSelector", "pool=none-of-these"), echo().build()))
                .hasMessageContaining("Unschedulable");
    }

    @Test
    void reportsAnExceededQuota() throws Exception {
        String namespace = NAMESPACE + "-quota";
        Cluster.kubectl("create", "namespace", namespace);
        try {
            Cluster.kubectl("create", "quota", "none", "--namespace", namespace, "--hard", "pods=0");

            assertThat(failure(engine("namespace", namespace), echo().build()))
                    .hasMessageContaining("exceeded quota: none")
                    .hasMessageContaining("Lower sandbox.pool.max");
        } finally {
            Cluster.kubectl("delete", "namespace", namespace, "--wait=false");
        }
    }

    @Test
    void namesAMissingNamespace() throws Exception {
        assertThat(failure(engine("namespace", "no-such-namespace"), echo().build()))
                .hasMessageContaining("namespaces \"no-such-namespace\" not found")
                .hasMessageContaining("kubectl create namespace no-such-namespace");
    }

    @Test
    void namesAMissingRuntimeClass() throws Exception {
        assertThat(failure(engine(), echo().runtime("no-such-runtime").build()))
                .hasMessageContaining("RuntimeClass \"no-such-runtime\" not found");
    }

    @Test
    void namesAMissingRight() throws Exception {
        Path kubeconfig = folder.resolve("account");
        Files.writeString(kubeconfig, Cluster.script("account", NAMESPACE, "powerless"));
        ClusterAccess access = ClusterAccess.of(
                ClusterConfig.find(
                        new Surroundings(List.of(kubeconfig), folder.resolve("usual"), null, null, folder), null),
                NAMESPACE);
        KubernetesEngine engine = KubernetesEngine.connect(access, KubernetesSettings.of(Map.of()), LIMIT);
        KubernetesEngine withPolicy = KubernetesEngine.connect(
                access,
                KubernetesSettings.of(Map.of("sandbox.kubernetes.networkPolicyImage", "busybox:latest")),
                LIMIT);

        assertThat(failure(engine, echo().build()))
                .hasMessageContaining("pods is forbidden")
                .hasMessageContaining("It needs the right to `create` the resource `pods` in namespace " + NAMESPACE);
        assertThat(failure(withPolicy, echo().network("none").build()))
                .hasMessageContaining("create network policy junit-sandbox-no-network")
                .hasMessageContaining("It needs the right to `get` the resource `networkpolicies`");
    }

    @Test
    void reportsAServerThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            Path kubeconfig = folder.resolve("silent");
            Files.writeString(
                    kubeconfig,
                    """
                    current-context: x
                    contexts: [{name: x, context: {cluster: x}}]
                    clusters: [{name: x, cluster: {server: "http://127.0.0.1:%d"}}]
                    """.formatted(silent.getLocalPort()));
            long start = System.nanoTime();

            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> KubernetesEngine.connect(
                            ClusterAccess.of(
                                    ClusterConfig.find(
                                            new Surroundings(
                                                    List.of(kubeconfig), folder.resolve("usual"), null, null, folder),
                                            null),
                                    null),
                            KubernetesSettings.of(Map.of()),
                            LIMIT))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                    .withMessageContaining("report its version")
                    .withMessageContaining("http://127.0.0.1:" + silent.getLocalPort());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
        }
    }
}
