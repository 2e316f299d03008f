package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ClusterNamespace;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ManySandboxesJvm;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.AttachedContainer.State;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;

/** Pods that Jobs make, on a real cluster. */
@Timeout(240)
class PodJobsIT {

    @RegisterExtension
    static final ClusterNamespace OWN_NAMESPACE = new ClusterNamespace("jobs-it");

    private static final String NAMESPACE = OWN_NAMESPACE.name();

    /** For what the cluster does by itself, after it has kept what has ended. */
    private static final Duration LIMIT = PodJobs.KEPT.plusSeconds(60);

    @TempDir
    private Path folder;

    private static Map<String, String> settings(String... more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "sandbox.kubernetes.namespace", NAMESPACE,
                "sandbox.kubernetes.cpuRequest", "10m",
                "sandbox.kubernetes.job", "true"));
        for (int i = 0; i < more.length; i += 2) {
            all.put("sandbox.kubernetes." + more[i], more[i + 1]);
        }
        return all;
    }

    private static KubernetesEngine engine(String... more) throws EngineException {
        return KubernetesEngine.connect(KubernetesSettings.of(settings(more)));
    }

    /** A busybox that ends with its stdin. */
    private static ContainerConfig.Builder echo() {
        return program("/bin/sh", "-c", "cat");
    }

    private static ContainerConfig.Builder program(String... line) {
        return ContainerConfig.builder("busybox:latest", List.of(line))
                .network(null)
                .limit(Limit.MEMORY_BYTES, 32 << 20)
                .limit(Limit.NANO_CPUS, 1_000_000_000);
    }

    private static Set<String> objects() {
        String names = Cluster.kubectl("get", "jobs,pods", "--namespace", NAMESPACE, "--output", "name");
        return new TreeSet<>(names.lines().toList());
    }

    private static void awaitNothing() throws Exception {
        Eventually.await("nothing is left", LIMIT, PodJobsIT::objects, Set::isEmpty);
    }

    private static String jobOf(String pod) {
        return pod.substring(0, pod.lastIndexOf('-'));
    }

    @Test
    void areDeletedWithTheirPods() throws Exception {
        try (AttachedContainer container = engine().start(echo().build())) {
            assertThat(container.state()).isEqualTo(State.RUNNING);
            assertThat(objects()).contains("pod/" + container.id(), "job.batch/" + jobOf(container.id()));
        }
        awaitNothing();
    }

    /** No later run is needed for that. */
    @Test
    void areDeletedByTheClusterWhenTheJvmIsKilled() throws Exception {
        String[] options = settings("networkCutImage", "busybox:latest").entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        try (SandboxJvm jvm = SandboxJvm.start(ManySandboxesJvm.class, "2", Map.of(), options)) {
            List<String> pods = List.of(jvm.nextLine(), jvm.nextLine());
            assertThat(objects())
                    .contains("pod/" + pods.get(0), "job.batch/" + jobOf(pods.get(0)), "pod/" + pods.get(1));
            jvm.kill();
        }
        awaitNothing();
    }

    @Test
    void keepAPodThatHasEndedSoThatItsReasonIsKnown() throws Exception {
        try (AttachedContainer container = engine("deadline", "3s").start(echo().build())) {
            Eventually.await("the pod ends", LIMIT, container::state, state -> state == State.ENDED);

            assertThat(container.endReason()).contains("DeadlineExceeded");
        }
        EngineException failure = catchThrowableOfType(
                EngineException.class, () -> engine().start(program("/bin/no-such-shell").build()));

        assertThat(failure).hasMessageContaining("/bin/no-such-shell");
        awaitNothing();
    }

    /** Returns one whose Job is to be called "left". */
    private static Pod podOfAnotherJvm() throws EngineException {
        Pod pod = new PodManifest(KubernetesSettings.of(settings()), NAMESPACE, null)
                .of(program("/bin/true").build(), "left");
        pod.getMetadata().getLabels().put(OwnLabels.SESSION, "another");
        return pod;
    }

    /** As a JVM leaves one that was killed before the cluster refused the pod: no pod leads to it. */
    @Test
    void areDeletedByALaterRunWhereThereIsNoPod() throws Exception {
        Pod pod = podOfAnotherJvm();
        // This process has another start.
        pod.getMetadata().getAnnotations().put(OwnLabels.PROCESS, ProcessIdentity.CURRENT + "0");
        Cluster.kubectl("create", "quota", "none", "--namespace", NAMESPACE, "--hard", "pods=0");
        try (ClusterAccess access = ClusterAccess.find(null, NAMESPACE)) {
            PodApi api = new PodApi(access.client(), NAMESPACE, LIMIT);
            PodJobs jobs = new PodJobs(api);
            jobs.create(pod, () -> {});
            Eventually.await(
                    "the pod is refused",
                    LIMIT,
                    () -> PodEvents.refusedPod(api.events("left")),
                    Optional::isPresent);
            assertThat(objects()).containsExactly("job.batch/left");

            new LeftPods(api, jobs).removeOnce();

            awaitNothing();
        } finally {
            Cluster.kubectl("delete", "quota", "none", "--namespace", NAMESPACE);
        }
    }

    @Test
    void makeNoOtherPodForOneThatALaterRunDeletes() throws Exception {
        // A Job that nobody attaches to, as a JVM of another machine leaves it: nobody waits for its pod.
        Pod pod = podOfAnotherJvm();
        pod.getSpec().getContainers().get(0).setCommand(List.of("/bin/true"));
        try (ClusterAccess access = ClusterAccess.find(null, NAMESPACE)) {
            PodApi api = new PodApi(access.client(), NAMESPACE, LIMIT);
            PodJobs jobs = new PodJobs(api);
            jobs.create(pod, () -> {});
            String name = jobs.podOf("left");
            Eventually.await(
                    "the pod ends",
                    LIMIT,
                    () -> api.find(name).orElseThrow().getStatus().getPhase(),
                    "Succeeded"::equals);
            long end = System.nanoTime();

            new LeftPods(api, jobs).removeOnce();
            awaitNothing();

            assertThat(Duration.ofNanos(System.nanoTime() - end))
                    .as("by the later run, before the cluster would have")
                    .isLessThan(PodJobs.KEPT);
        }
    }

    @Test
    void nameTheRightThatIsMissing() throws Exception {
        Path kubeconfig = folder.resolve("account");
        Files.writeString(kubeconfig, Cluster.script("account", NAMESPACE, "powerless"));
        Surroundings surroundings = new Surroundings(List.of(kubeconfig), folder.resolve("usual"), null, null, folder);
        try (ClusterAccess access = ClusterAccess.of(ClusterConfig.find(surroundings, null), NAMESPACE)) {
            KubernetesEngine engine =
                    KubernetesEngine.connect(access, KubernetesSettings.of(settings()), Duration.ofSeconds(60));

            EngineException failure =
                    catchThrowableOfType(EngineException.class, () -> engine.start(echo().build()));

            assertThat(failure)
                    .hasMessageContaining(
                            "It needs the right to `create` the resource `jobs` in namespace " + NAMESPACE);
        }
    }
}
