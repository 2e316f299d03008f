package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.MemoryMount;
import org.junitsandbox.internal.engine.OwnLabels;

/** The pods that a cluster is asked for. */
class PodManifestTests {

    private static final ContainerConfig UNTRUSTED = ContainerConfig.builder("tool:1", List.of("/bin/sh", "-c", "$$"))
            .environment(Map.of("PRICE", "$(HOME) $5"))
            .memoryMounts(List.of(new MemoryMount("/work", 64 << 20), new MemoryMount("/tmp", 32 << 20)))
            .limit(Limit.MEMORY_BYTES, 256 << 20)
            .limit(Limit.NANO_CPUS, 1_500_000_000)
            .limit(Limit.PROCESSES, 128)
            .limit(Limit.OPEN_FILES, 1024)
            .limit(Limit.SHARED_MEMORY_BYTES, 65 << 20)
            .build();

    private static Pod pod(ContainerConfig config, Map<String, String> settings) throws EngineException {
        return new PodManifest(KubernetesSettings.of(settings), "tests", null).of(config, "a-pod");
    }

    private static PodSpec spec(ContainerConfig config) throws EngineException {
        return pod(config, Map.of()).getSpec();
    }

    private static Container container(ContainerConfig config) throws EngineException {
        return spec(config).getContainers().get(0);
    }

    @Test
    void isAsStrictAsAPodCanBe() throws EngineException {
        PodSpec spec = spec(UNTRUSTED);
        SecurityContext container = spec.getContainers().get(0).getSecurityContext();

        assertThat(container.getPrivileged()).isFalse();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isEmpty();
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getRunAsGroup()).isEqualTo(65534);
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getServiceAccountName()).isNull();
        assertThat(spec.getHostNetwork()).isNull();
        assertThat(spec.getRestartPolicy()).isEqualTo("Never");
        assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(12 * 60 * 60);
        assertThat(spec.getInitContainers()).isEmpty();
    }

    @Test
    void hasStdinThatEndsWithItsFirstAttachment() throws EngineException {
        Container container = container(UNTRUSTED);

        assertThat(container.getStdin()).isTrue();
        assertThat(container.getStdinOnce()).isTrue();
        assertThat(container.getTty()).isFalse();
    }

    @Test
    void givesEachPodAUserOfItsOwnInNobodysPlace() throws EngineException {
        long one = spec(UNTRUSTED).getSecurityContext().getRunAsUser();
        long other = spec(UNTRUSTED).getSecurityContext().getRunAsUser();

        assertThat(one).isNotEqualTo(other);
        assertThat(List.of(one, other))
                .allSatisfy(id -> assertThat(id).isBetween(ContainerConfig.OWN_USERS_MIN, (long) Integer.MAX_VALUE));
    }

    @Test
    void keepsAUserThatIsSet() throws EngineException {
        PodSpec spec = spec(UNTRUSTED.toBuilder().user("1000:50").build());

        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(spec.getSecurityContext().getRunAsGroup()).isEqualTo(50);
        assertThat(spec.getContainers().get(0).getCommand().get(2)).doesNotContain("ulimit -p");
        assertThat(spec(UNTRUSTED.toBuilder().user("root").build()).getSecurityContext().getRunAsNonRoot())
                .isFalse();
    }

    @Test
    void hasAnEntryForItsOwnUserInAFileThatCannotBeWrittenTo() throws EngineException {
        Pod pod = pod(UNTRUSTED.toBuilder().home("/work").build(), Map.of());
        long id = pod.getSpec().getSecurityContext().getRunAsUser();

        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry(
                        "org.junit-sandbox.passwd",
                        "root:x:0:0:root:/root:/bin/sh\nnobody:x:" + id + ":65534:nobody:/work:/bin/sh\n");
        assertThat(pod.getSpec().getContainers().get(0).getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("passwd"))
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo("/etc/passwd");
                    assertThat(mount.getSubPath()).isEqualTo("passwd");
                    assertThat(mount.getReadOnly()).isTrue();
                });
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("passwd"))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getDownwardAPI()
                                .getItems()
                                .get(0)
                                .getFieldRef()
                                .getFieldPath())
                        .isEqualTo("metadata.annotations['org.junit-sandbox.passwd']"));
    }

    @Test
    void leavesTheImageItsUsersWhereOneIsSet() throws EngineException {
        Pod pod = pod(UNTRUSTED.toBuilder().user("1000:50").build(), Map.of());

        assertThat(pod.getMetadata().getAnnotations()).doesNotContainKey("org.junit-sandbox.passwd");
        assertThat(pod.getSpec().getVolumes()).noneMatch(volume -> volume.getName().equals("passwd"));
    }

    @Test
    void refusesTheNameOfAUser() {
        assertThatThrownBy(() -> spec(UNTRUSTED.toBuilder().user("tester").build()))
                .isInstanceOf(EngineException.class)
                .hasMessage("The setting `user` is \"tester\", and a pod can only have users by their numbers. Set it"
                        + " to uid:gid, as `id` prints them in the image.");
    }

    @Test
    void refusesANetworkWithAName() {
        assertThatThrownBy(() -> spec(UNTRUSTED.toBuilder().network("backend").build()))
                .isInstanceOf(EngineException.class)
                .hasMessage("The setting `network` is \"backend\", and a cluster has no networks with names. Set it to"
                        + " none, host, or default for the cluster's.");
    }

    @Test
    void looseningsAreTheOnesThatAreAskedFor() throws EngineException {
        ContainerConfig.Builder trusted = UNTRUSTED.toBuilder().user("0:0").network("host");
        for (Restriction restriction : Restriction.values()) {
            trusted.restriction(restriction, false);
        }
        PodSpec spec = spec(trusted.build());
        SecurityContext container = spec.getContainers().get(0).getSecurityContext();

        assertThat(spec.getHostNetwork()).isTrue();
        assertThat(container.getPrivileged()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isFalse();
        assertThat(container.getAllowPrivilegeEscalation()).isTrue();
        assertThat(container.getCapabilities()).isNull();
    }

    @Test
    void requestsWhatItLimits() throws EngineException {
        Map<String, Quantity> limits =
                Map.of("memory", new Quantity("268435456"), "cpu", new Quantity("1500m"));

        assertThat(container(UNTRUSTED).getResources().getLimits()).isEqualTo(limits);
        assertThat(container(UNTRUSTED).getResources().getRequests()).isEqualTo(limits);
        assertThat(pod(UNTRUSTED, Map.of("sandbox.kubernetes.cpuRequest", "20m"))
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getRequests())
                .containsEntry("cpu", new Quantity("20m"))
                .containsEntry("memory", new Quantity("268435456"));
    }

    @Test
    void hasMemoryWhereItCanBeWrittenTo() throws EngineException {
        PodSpec spec = spec(UNTRUSTED);

        assertThat(spec.getContainers().get(0).getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/work", "/tmp", "/dev/shm");
        assertThat(spec.getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .allSatisfy(volume -> assertThat(volume.getEmptyDir().getMedium()).isEqualTo("Memory"))
                .extracting(Volume::getEmptyDir)
                .extracting(directory -> directory.getSizeLimit().getAmount())
                .containsExactly("67108864", "33554432", "68157440");
    }

    /** Kubernetes makes one dollar sign of two, and of a name in parentheses after one the variable's value. */
    @Test
    void doublesDollarSigns() throws EngineException {
        Container container = container(UNTRUSTED);

        assertThat(container.getCommand()).endsWith("/bin/sh", "-c", "$$$$");
        assertThat(container.getEnv()).singleElement()
                .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("$$(HOME) $$5"));
    }

    @Test
    void takesTheSettingsOfTheCluster() throws EngineException {
        Pod pod = pod(
                UNTRUSTED.toBuilder().runtime("gvisor").build(),
                Map.of(
                        "sandbox.kubernetes.labels", "team=a,org.junit-sandbox=no",
                        "sandbox.kubernetes.annotations", "sidecar.istio.io/inject=false",
                        "sandbox.kubernetes.imagePullSecrets", "registry",
                        "sandbox.kubernetes.pullPolicy", "Always",
                        "sandbox.kubernetes.nodeSelector", "pool=tests",
                        "sandbox.kubernetes.tolerations", "ci=yes:NoSchedule",
                        "sandbox.kubernetes.serviceAccount", "nobody",
                        "sandbox.kubernetes.deadline", "90s"));
        PodSpec spec = pod.getSpec();

        assertThat(pod.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("org.junit-sandbox", "true")
                .containsEntry("org.junit-sandbox.session", OwnLabels.SESSION_ID);
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("sidecar.istio.io/inject", "false");
        assertThat(spec.getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(spec.getImagePullSecrets()).singleElement().extracting("name").isEqualTo("registry");
        assertThat(spec.getContainers().get(0).getImagePullPolicy()).isEqualTo("Always");
        assertThat(spec.getNodeSelector()).isEqualTo(Map.of("pool", "tests"));
        assertThat(spec.getTolerations())
                .containsExactly(new Toleration("NoSchedule", "ci", "Equal", null, "yes"));
        assertThat(spec.getServiceAccountName()).isEqualTo("nobody");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(90);
    }

    @Test
    void checksTheDenialOfTheNetworkByAContainerWithoutRights() throws EngineException {
        Map<String, String> settings = Map.of("sandbox.kubernetes.networkPolicyImage", "net-tools:1");
        Pod denied = pod(UNTRUSTED, settings);
        Container check = denied.getSpec().getInitContainers().get(0);

        assertThat(denied.getMetadata().getLabels()).containsEntry("org.junit-sandbox.network", "none");
        assertThat(check.getImage()).isEqualTo("net-tools:1");
        assertThat(check.getSecurityContext()).isEqualTo(container(UNTRUSTED).getSecurityContext());

        Pod connected = pod(UNTRUSTED.toBuilder().network(null).build(), settings);

        assertThat(connected.getMetadata().getLabels()).doesNotContainKey("org.junit-sandbox.network");
        assertThat(connected.getSpec().getInitContainers()).isEmpty();
    }

    @Test
    void controlsTheDenialByAPodThatItDoesNotSelect() throws EngineException {
        PodManifest manifest = new PodManifest(
                KubernetesSettings.of(Map.of(
                        "sandbox.kubernetes.networkPolicyImage", "net-tools:1",
                        "sandbox.kubernetes.nodeSelector", "pool=tests")),
                "tests",
                new OwnerReferenceBuilder().withName("the-tests").build());

        Pod pod = manifest.ofControl(
                UNTRUSTED.toBuilder().user("1000:50").runtime("gvisor").build(), "control");

        assertThat(pod.getMetadata().getLabels())
                .containsEntry("org.junit-sandbox", "true")
                .doesNotContainKey("org.junit-sandbox.network");
        assertThat(pod.getMetadata().getOwnerReferences())
                .singleElement()
                .extracting("name")
                .isEqualTo("the-tests");
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(1000);
        assertThat(pod.getSpec().getRuntimeClassName()).isEqualTo("gvisor");
        assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("pool", "tests"));
        assertThat(pod.getSpec().getContainers())
                .singleElement()
                .satisfies(container -> {
                    assertThat(container.getImage()).isEqualTo("net-tools:1");
                    assertThat(container.getSecurityContext())
                            .isEqualTo(container(UNTRUSTED).getSecurityContext());
                });
    }

    @Test
    void cutsTheNetworkByAContainerThatMayDoNothingElse() throws EngineException {
        Map<String, String> settings = Map.of("sandbox.kubernetes.networkCutImage", "net-tools:1");
        Container cut = pod(UNTRUSTED, settings).getSpec().getInitContainers().get(0);

        assertThat(cut.getImage()).isEqualTo("net-tools:1");
        assertThat(cut.getSecurityContext().getPrivileged()).isFalse();
        assertThat(cut.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(cut.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_ADMIN");
        assertThat(pod(UNTRUSTED.toBuilder().network(null).build(), settings)
                        .getSpec()
                        .getInitContainers())
                .isEmpty();
    }

    @Test
    void isDeletedWithItsOwner() throws EngineException {
        PodManifest manifest = new PodManifest(
                KubernetesSettings.of(Map.of()),
                "tests",
                new OwnerReferenceBuilder().withName("the-tests").build());

        assertThat(manifest.of(UNTRUSTED, "a-pod").getMetadata().getOwnerReferences())
                .singleElement()
                .extracting("name")
                .isEqualTo("the-tests");
    }
}
