package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** A {@link ContainerConfig} as the pod that a cluster is asked for. */
final class PodManifest {

    private final KubernetesSettings settings;
    private final String namespace;
    private final @Nullable OwnerReference owner;

    /**
     * @param namespace where the pods are
     * @param owner with what they are deleted; null for nothing
     */
    PodManifest(KubernetesSettings settings, String namespace, @Nullable OwnerReference owner) {
        this.settings = settings;
        this.namespace = namespace;
        this.owner = owner;
    }

    /**
     * Returns the pod.
     *
     * @param name its name
     * @throws EngineException if a pod cannot be what is asked for
     */
    Pod of(ContainerConfig config, String name) throws EngineException {
        PodUser user = PodUser.of(config.user());
        requireKnownNetwork(config.network());
        PasswdFile passwd = PasswdFile.of(config, user);
        return of(spec(config, user, passwd), name, passwd, NetworkPolicyCheck.applies(config, settings));
    }

    private Pod of(PodSpec spec, String name, PasswdFile passwd, boolean isDenied) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(PodLabels.with(settings.labels(), isDenied))
                .withAnnotations(PodLabels.annotations(settings.annotations()))
                .addToAnnotations(passwd.annotations())
                .withOwnerReferences(owner == null ? List.of() : List.of(owner))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    /**
     * Returns the pod that shows whether the cluster lets pods reach its API server; no policy of the library selects
     * it.
     *
     * @param config that of a sandbox, whose user and runtime the pod has
     */
    Pod ofControl(ContainerConfig config, String name) throws EngineException {
        PodSpec spec = base()
                .withActiveDeadlineSeconds(KubernetesEngine.START_TIMEOUT.toSeconds())
                .withRuntimeClassName(config.runtime())
                .withSecurityContext(PodSecurity.ofPod(PodUser.of(config.user())))
                .withContainers(NetworkPolicyCheck.control(settings))
                .build();
        return of(spec, name, PasswdFile.OF_IMAGE, false);
    }

    private static void requireKnownNetwork(@Nullable String network) throws EngineException {
        if (network != null && !network.equals("none") && !network.equals("host")) {
            throw new EngineException(
                    Fault.ENGINE,
                    "The setting `network` is \"" + network + "\", and a cluster has no networks with names. Set it to"
                            + " none, host, or default for the cluster's.",
                    null);
        }
    }

    private PodSpec spec(ContainerConfig config, PodUser user, PasswdFile passwd) {
        boolean isOnHost = "host".equals(config.network());
        MemoryVolumes volumes = MemoryVolumes.of(config);
        return base()
                .withActiveDeadlineSeconds(settings.deadline().toSeconds())
                .withHostNetwork(isOnHost ? Boolean.TRUE : null)
                .withRuntimeClassName(config.runtime())
                .withSecurityContext(PodSecurity.ofPod(user))
                .withVolumes(volumes.volumes())
                .addAllToVolumes(passwd.volumes())
                .withInitContainers(NetworkCut.before(config, settings))
                .addAllToInitContainers(NetworkPolicyCheck.before(config, settings))
                .addNewContainer()
                .withName(KubernetesEngine.CONTAINER)
                .withImage(config.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withCommand(ProcessLimits.commandLine(config, user.isOwn(), AttachWait.LIMIT).stream()
                        .map(PodManifest::literal)
                        .toList())
                .withEnv(environment(config.environment()))
                .withWorkingDir(config.workingDirectory())
                .withStdin(true)
                .withStdinOnce(true)
                .withTty(false)
                .withResources(PodResources.of(config, settings.cpuRequest()))
                .withSecurityContext(PodSecurity.ofContainer(config))
                .withVolumeMounts(volumes.mounts())
                .addAllToVolumeMounts(passwd.mounts())
                .withTerminationMessagePath(ContainerConfig.TERMINATION_FILE)
                .endContainer()
                .build();
    }

    /** Returns what all pods have in common: where they run, and no rights in the cluster. */
    private PodSpecBuilder base() {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .withServiceAccountName(settings.serviceAccount())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(settings.nodeSelector())
                .withTolerations(settings.tolerations().stream()
                        .map(toleration -> new TolerationBuilder()
                                .withKey(toleration.key())
                                .withOperator(toleration.operator())
                                .withValue(toleration.value())
                                .withEffect(toleration.effect())
                                .build())
                        .toList())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList());
    }

    private static List<EnvVar> environment(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> new EnvVarBuilder()
                        .withName(variable.getKey())
                        .withValue(literal(variable.getValue()))
                        .build())
                .toList();
    }

    /** Kubernetes replaces {@code $(NAME)} by a variable's value, and two dollar signs by one. */
    static String literal(String text) {
        return text.replace("$", "$$");
    }
}
