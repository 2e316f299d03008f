package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ClusterNamespace;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;

/** What ends a pod whose JVM is gone. */
@Timeout(120)
class LeftPodsIT {

    @RegisterExtension
    static final ClusterNamespace OWN_NAMESPACE = new ClusterNamespace("left-it");

    private static final String NAMESPACE = OWN_NAMESPACE.name();

    /** For what the cluster does by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static String status(String pod, String path) {
        return Cluster.kubectl("get", "pod", pod, "--namespace", NAMESPACE, "--output", "jsonpath={" + path + "}");
    }

    /** As a JVM leaves it that is killed between the creation of a pod and the start of its container. */
    @Test
    void endsAPodToWhichNobodyAttaches() throws Exception {
        KubernetesSettings settings = KubernetesSettings.of(Map.of("sandbox.kubernetes.cpuRequest", "10m"));
        Pod pod = new PodManifest(settings, NAMESPACE, null)
                .of(
                        ContainerConfig.builder("busybox:latest", List.of("/bin/sh", "-c", "sleep 1000"))
                                .limit(Limit.MEMORY_BYTES, 32 << 20)
                                .limit(Limit.NANO_CPUS, 1_000_000_000)
                                .build(),
                        "alone");
        List<String> command = pod.getSpec().getContainers().get(0).getCommand();
        String script = command.get(2);
        command.set(2, script.replace("read -t 120 ", "read -t 3 ").replace("within 120 s", "within 3 s"));
        assertThat(command.get(2)).isNotEqualTo(script);
        try (ClusterAccess access = ClusterAccess.find(null, NAMESPACE)) {
            new PodApi(access.client(), NAMESPACE, LIMIT).create(pod, () -> {});
        }

        Eventually.await("the pod ends", LIMIT, () -> status("alone", ".status.phase"), "Failed"::equals);

        assertThat(status("alone", ".status.containerStatuses[0].state.terminated.exitCode")).isEqualTo("70");
        assertThat(Cluster.kubectl("logs", "alone", "--namespace", NAMESPACE))
                .isEqualTo("sandbox: nobody has attached within 3 s\n");
    }
}
