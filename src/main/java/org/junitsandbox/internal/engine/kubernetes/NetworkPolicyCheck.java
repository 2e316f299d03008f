package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerConfig;

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

    /** The name of the container without the policy. */
    static final String CONTROL = "network-policy-control";

    /** The exit code if the policy has had no effect. */
    static final int NOT_ENFORCED = 70;

    /** The exit code if pods do not reach the API server without the policy either. */
    static final int NOT_REACHED = 71;

    /** The exit code of a shell that does not find a program. */
    private static final int NO_PROGRAM = 127;

    /** Network plugins enforce a policy some time after a pod has its network. */
    private static final int PATIENCE_SECONDS = 30;

    /** So long no attempt may succeed: a connection can also fail as a node, or a pod's network, is not ready yet. */
    private static final int DENIED_SECONDS = 4;

    /**
     * So long an attempt may take. Some {@code nc} bound connecting, and not what follows: where the policy takes
     * effect between the two, their packets are dropped, and they would wait for a quarter of an hour. Others wait for
     * an answer for up to 4 s, and are left to end by themselves.
     */
    private static final int ATTEMPT_SECONDS = 8;

    /** The exit code of an attempt that took longer, and was killed: by SIGKILL, as some {@code nc} catch SIGTERM. */
    private static final int ATTEMPT_KILLED = 137;

    /** An image may have no program that bounds another one's time. */
    private static final String FUNCTIONS = "host=${KUBERNETES_SERVICE_HOST:?} port=${KUBERNETES_SERVICE_PORT:?};"
            + " command -v nc >/dev/null || exit " + NO_PROGRAM + "; connects() { nc -w 2 \"$host\" \"$port\""
            + " </dev/null >/dev/null & attempt=$!; { sleep " + ATTEMPT_SECONDS + "; kill -9 $attempt; } & limit=$!;"
            + " wait $attempt; result=$?; kill $limit 2>/dev/null; return $result; };"
            + " clock() { read -r now idle </proc/uptime || exit; now=${now%.*}; }; ";

    /**
     * Attempts that are refused end at once, those whose packets are dropped after 2 s. One that had to be killed had
     * connected.
     */
    static final String CHECK = FUNCTIONS + "clock; begin=$now; denied=; while :; do clock; start=$now; connects;"
            + " case $? in 0|" + ATTEMPT_KILLED + ") denied=; clock; [ $((now - begin)) -lt " + PATIENCE_SECONDS
            + " ] || exit " + NOT_ENFORCED + "; sleep 1;; *) denied=${denied:-$start}; clock; [ $((now - denied)) -lt "
            + DENIED_SECONDS + " ] || exit 0; [ $now != $start ] || sleep 1;; esac; done";

    /** One attempt that succeeds shows that it can be reached. A pod's network may be some seconds late. */
    static final String CONTROL_CHECK = FUNCTIONS + "tries=1; until connects; do [ $tries -lt 5 ] || exit "
            + NOT_REACHED + "; tries=$((tries + 1)); sleep 1; done";

    private static final Map<String, Quantity> RESOURCES =
            Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"));

    /** It needs no rights: neither does the pod then. */
    private static final ContainerConfig UNTRUSTED =
            ContainerConfig.builder(CONTAINER, List.of()).build();

    private NetworkPolicyCheck() {}

    /** Whether a container is checked. */
    static boolean applies(ContainerConfig config, KubernetesSettings settings) {
        return settings.networkPolicyImage() != null && "none".equals(config.network());
    }

    /** Returns the containers that run before the sandbox's. */
    static List<Container> before(ContainerConfig config, KubernetesSettings settings) {
        return applies(config, settings) ? List.of(container(CONTAINER, CHECK, settings)) : List.of();
    }

    /** Returns the container of the pod that no policy of the library selects. It exits with 0 if it reaches it. */
    static Container control(KubernetesSettings settings) {
        return container(CONTROL, CONTROL_CHECK, settings);
    }

    /** Returns what the exit code of a container means; empty for one that is not of the check. */
    static String explanation(String container, int exitCode) {
        return CONTAINER.equals(container) && exitCode == NOT_ENFORCED
                ? ". For " + PATIENCE_SECONDS + " s, the pod has gone on reaching the API server, although"
                        + " NetworkPolicy " + NetworkPolicyGuard.NAME + " denies it. Most likely, the cluster's network"
                        + " plugin does not enforce such policies: use one that does, or"
                        + " sandbox.kubernetes.networkCutImage in place of sandbox.kubernetes.networkPolicyImage; or"
                        + " set `network` to \"default\", if commands may reach all that a pod reaches. Or somebody has"
                        + " deleted the policy, or the API server is on the pod's own node and the plugin lets all"
                        + " pass between these"
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
