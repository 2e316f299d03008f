package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.PendingStarts;
import org.junitsandbox.internal.text.Units;

/**
 * Brings the policy that denies pods their network, and finds out that pods without it have one that the check in each
 * pod can tell from none. Both are done once, before the first pod that needs it. Safe for use by several threads.
 */
final class NetworkPolicyGuard {

    /** The name of the policy. */
    static final String NAME = "junit-sandbox-no-network";

    private static final List<String> DIRECTIONS = List.of("Ingress", "Egress");

    private static final long INTERVAL_MILLIS = 200;

    private final PodApi api;
    private final PodMaker maker;
    private final String namespace;
    private final KubernetesSettings settings;
    private final ContainerRemover remover;
    private boolean isPrepared;

    NetworkPolicyGuard(
            PodApi api, PodMaker maker, String namespace, KubernetesSettings settings, ContainerRemover remover) {
        this.api = api;
        this.maker = maker;
        this.namespace = namespace;
        this.settings = settings;
        this.remover = remover;
    }

    /**
     * Returns whether a pod for the config, if it starts, has no network by the policy, which is there then.
     *
     * @throws EngineException if the policy cannot be created, or if no check could show that it is enforced
     */
    boolean cutsOff(ContainerConfig config) throws EngineException {
        if (!NetworkPolicyCheck.applies(config, settings)) {
            return false;
        }
        prepare();
        return true;
    }

    private synchronized void prepare() throws EngineException {
        if (!isPrepared) {
            requireDenial(api.policy(policy()));
            runControl();
            isPrepared = true;
        }
    }

    private NetworkPolicy policy() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(PodLabels.NO_NETWORK)
                .endPodSelector()
                .withPolicyTypes(DIRECTIONS)
                .endSpec()
                .build();
    }

    /** The check in each pod sees no more than one address: that the policy denies all is read from itself. */
    private void requireDenial(NetworkPolicy found) throws EngineException {
        NetworkPolicySpec spec = found.getSpec();
        if (!spec.getPodSelector().getMatchLabels().equals(PodLabels.NO_NETWORK)
                || !spec.getPodSelector().getMatchExpressions().isEmpty()
                || !Set.copyOf(spec.getPolicyTypes()).equals(Set.copyOf(DIRECTIONS))
                || !spec.getIngress().isEmpty()
                || !spec.getEgress().isEmpty()) {
            throw new EngineException(
                    Fault.ENGINE,
                    "NetworkPolicy " + NAME + " in namespace " + namespace + " is not the one that the library creates"
                            + " under that name, which denies all to the pods that it selects. Delete it: kubectl"
                            + " delete networkpolicy " + NAME + " --namespace " + namespace,
                    null);
        }
    }

    private void runControl() throws EngineException {
        String name = KubernetesEngine.NAME_PREFIX + "control-" + UUID.randomUUID();
        try {
            maker.create(NetworkPolicyCheck.control(name, namespace, settings), () -> remover.beside(name));
        } catch (EngineException e) {
            if (!ApiFailure.isRefusal(e)) {
                remover.beside(name);
            }
            throw e;
        }
        try {
            Pod ended = awaitEnd(maker.podOf(name));
            if (!"Succeeded".equals(ended.getStatus().getPhase())) {
                throw new EngineException(
                        Fault.ENGINE,
                        "Nothing could show that NetworkPolicy " + NAME + " is enforced: a pod which it does not"
                                + " select does not reach the API server at its service address either ("
                                + PodProblem.endReason(ended).orElse("for no reason that the cluster reports")
                                + "). If another policy denies pods the network, set"
                                + " `network` to \"default\" and trust that policy, or use"
                                + " sandbox.kubernetes.networkCutImage in place of"
                                + " sandbox.kubernetes.networkPolicyImage.",
                        null);
            }
        } finally {
            remover.now(name);
        }
    }

    private Pod awaitEnd(String name) throws EngineException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < KubernetesEngine.START_TIMEOUT.toNanos()) {
            PendingStarts.check();
            Optional<Pod> pod = api.find(name);
            if (pod.isPresent() && PodProblem.hasEnded(pod.get())) {
                return pod.get();
            }
            Optional<EngineException> problem = pod.flatMap(PodProblem::ofStart);
            if (problem.isPresent()) {
                throw problem.get();
            }
            pause();
        }
        throw new EngineException(
                Fault.ENGINE,
                "Pod " + name + ", which checks the network, has not ended within "
                        + Units.describe(KubernetesEngine.START_TIMEOUT),
                null);
    }

    private static void pause() throws EngineException {
        try {
            Thread.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while a pod checked the network", e);
        }
    }
}
