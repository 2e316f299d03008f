package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;

/**
 * What shows that the cluster enforces the policy that denies a pod its network. A container of a trusted image runs
 * before the sandbox's, in the same network, and tries to reach the API server, until it does not any more. That shows
 * something only where pods without the policy reach it: another pod finds that out first.
 *
 * <p>It connects by TCP: whether a datagram was dropped, or only not answered, cannot be seen from inside.
 */
final class NetworkPolicyCheck {

    /** The name of the container. */
    static final String CONTAINER = "network-policy-check";

    /** Its exit code if the policy has had no effect. */
    static final int NOT_ENFORCED = 70;

    /** Network plugins enforce a policy some time after a pod has its network. */
    static final int PATIENCE_SECONDS = 30;

    /** A connection can also fail as a node is busy: two in a row have to, each within 2 s, so two packets or more. */
    private static final String CHECK = start() + "reached=0; failed=0; while [ $failed -lt 2 ]; do if connects; then"
            + " failed=0; reached=$((reached + 1)); [ $reached -lt " + PATIENCE_SECONDS + " ] || exit " + NOT_ENFORCED
            + "; sleep 1; else failed=$((failed + 1)); fi; done";

    /** One attempt that reaches it shows that it can be reached. */
    private static final String CONTROL = start() + "connects || connects || connects";

    private static final Map<String, Quantity> RESOURCES =
            Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"));

    /** It needs no rights: neither does the pod then. */
    private static final ContainerConfig UNTRUSTED =
            ContainerConfig.builder(CONTAINER, List.of()).build();

    private NetworkPolicyCheck() {}

    /** The variables are the cluster's: the address of its API server as a service. */
    private static String start() {
        return "host=${KUBERNETES_SERVICE_HOST:?} port=${KUBERNETES_SERVICE_PORT:?}; command -v nc >/dev/null ||"
                + " { echo 'there is no nc' >&2; exit 127; }; connects() { nc -w 2 \"$host\" \"$port\" </dev/null"
                + " >/dev/null; }; ";
    }

    /** Whether a container is checked. */
    static boolean applies(ContainerConfig config, KubernetesSettings settings) {
        return settings.networkPolicyImage() != null && "none".equals(config.network());
    }

    /** Returns the containers that run before the sandbox's. */
    static List<Container> before(ContainerConfig config, KubernetesSettings settings) {
        return applies(config, settings) ? List.of(container(CONTAINER, CHECK, settings)) : List.of();
    }

    /** Returns a pod that no policy of the library selects. It succeeds if it reaches the API server. */
    static Pod control(String name, String namespace, KubernetesSettings settings) throws EngineException {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(PodLabels.with(settings.labels(), false))
                .withAnnotations(PodLabels.annotations(settings.annotations()))
                .endMetadata()
                .withSpec(PodManifest.base(settings)
                        .withActiveDeadlineSeconds(KubernetesEngine.START_TIMEOUT.toSeconds())
                        .withSecurityContext(PodSecurity.ofPod(PodUser.of(UNTRUSTED.user())))
                        .withContainers(container(KubernetesEngine.CONTAINER, CONTROL, settings))
                        .build())
                .build();
    }

    /** Returns what the exit code of a container means; empty for one that is not of the check. */
    static String explanation(String container, int exitCode) {
        return CONTAINER.equals(container) && exitCode == NOT_ENFORCED
                ? ". For " + PATIENCE_SECONDS + " s, the pod has gone on reaching the API server, although"
                        + " NetworkPolicy " + NetworkPolicyGuard.NAME + " denies it: the cluster's network plugin does"
                        + " not enforce such policies. Use one that does, or sandbox.kubernetes.networkCutImage in place"
                        + " of sandbox.kubernetes.networkPolicyImage; or set `network` to \"default\", if commands may"
                        + " reach all that a pod reaches"
                : "";
    }

    private static Container container(String name, String script, KubernetesSettings settings) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(settings.networkPolicyImage())
                .withImagePullPolicy(settings.pullPolicy())
                .withCommand(List.of("sh", "-c", PodManifest.literal(script)))
                .withNewResources()
                .withLimits(RESOURCES)
                .withRequests(RESOURCES)
                .endResources()
                .withSecurityContext(PodSecurity.ofContainer(UNTRUSTED))
                .build();
    }
}
