package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.PendingStarts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the policy that denies pods their network, and finds out that pods without it have one that the check in each
 * pod can tell from none. Both are done once for each runtime, before the first pod that needs it. Safe for use by
 * several threads.
 */
final class NetworkPolicyGuard {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkPolicyGuard.class);

    /** The name of the policy. */
    static final String NAME = "junit-sandbox-no-network";

    private static final List<String> DIRECTIONS = List.of("Ingress", "Egress");

    private static final long INTERVAL_MILLIS = 200;

    private final PodApi api;
    private final String namespace;
    private final KubernetesSettings settings;
    private final NetworkPolicyControl control;

    /** What the starts of each runtime wait for, as that can lead to other nodes; none that has failed. */
    private final Map<Optional<String>, CompletableFuture<Void>> preparations = new ConcurrentHashMap<>();

    NetworkPolicyGuard(PodApi api, String namespace, KubernetesSettings settings, NetworkPolicyControl control) {
        this.api = api;
        this.namespace = namespace;
        this.settings = settings;
        this.control = control;
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
        prepare(config);
        return true;
    }

    private void prepare(ContainerConfig config) throws EngineException {
        Optional<String> runtime = Optional.ofNullable(config.runtime());
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before = preparations.putIfAbsent(runtime, mine);
        if (before != null) {
            await(before, config);
            return;
        }
        try {
            requireDenial(api.policy(policy()));
            control.run(config);
            mine.complete(null);
        } catch (EngineException | RuntimeException | Error e) {
            // The next start tries it again. Those that wait have the same failure.
            preparations.remove(runtime);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void await(CompletableFuture<Void> preparation, ContainerConfig config) throws EngineException {
        while (true) {
            PendingStarts.check();
            try {
                preparation.get(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                LOG.trace("Another start still checks the network", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(Fault.INTERRUPTED, "Interrupted while another start checked the network", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EngineException failure) {
                    if (failure.fault() == Fault.INTERRUPTED) {
                        prepare(config);
                        return;
                    }
                    throw new EngineException(failure.fault(), String.valueOf(failure.getMessage()), failure);
                }
                throw new IllegalStateException("The network could not be checked: " + e.getCause(), e);
            }
        }
    }

    private NetworkPolicy policy() {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withLabels(Map.of(OwnLabels.LIBRARY, "true"))
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
}
