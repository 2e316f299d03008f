package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineCalls;
import org.junitsandbox.internal.engine.EngineCalls.LateUndo;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.OwnLabels;

/** The pods of one namespace, and the policy of their network. Every call ends in time. Several threads may use it. */
final class PodApi implements PodMaker {

    private static final EngineCalls CALLS = new EngineCalls("The cluster", ApiFailure::reason);

    private final KubernetesClient client;
    private final String namespace;
    private final Duration callTimeout;

    /**
     * @param callTimeout how long the cluster may take for one call
     */
    PodApi(KubernetesClient client, String namespace, Duration callTimeout) {
        this.client = client;
        this.namespace = namespace;
        this.callTimeout = callTimeout;
    }

    /** Returns the version of the cluster. */
    String version(Duration timeout) throws EngineException {
        return CALLS.interruptible("report its version", timeout, () -> client.getKubernetesVersion()
                .getGitVersion());
    }

    @Override
    public String kind() {
        return "pod";
    }

    @Override
    public String ifNeverRemoved() {
        return "a pod that runs ends at its deadline at the latest, and one that never ran stays until a later run or"
                + " you delete it";
    }

    @Override
    public void create(Pod pod, LateUndo<Boolean> late) throws EngineException {
        String name = pod.getMetadata().getName();
        try {
            CALLS.call("create pod " + name + " in namespace " + namespace, callTimeout, () -> create(pod), late);
        } catch (EngineException e) {
            throw ApiFailure.isOfQuota(e)
                    ? new EngineException(Fault.NO_ROOM, String.valueOf(e.getMessage()), e.getCause())
                    : e;
        }
    }

    private boolean create(Pod pod) {
        try {
            client.pods().inNamespace(namespace).resource(pod).create();
        } catch (KubernetesClientException e) {
            // The client repeats a call whose connection broke: the first one had created it.
            if (!ApiFailure.isOfExisting(e)) {
                throw e;
            }
        }
        return true;
    }

    @Override
    public String podOf(String name) {
        return name;
    }

    /** Returns a policy, which is created if it does not exist. */
    NetworkPolicy policy(NetworkPolicy wanted) throws EngineException {
        String name = wanted.getMetadata().getName();
        return CALLS.call("create network policy " + name + " in namespace " + namespace, callTimeout, () -> {
            Resource<NetworkPolicy> policy =
                    client.network().v1().networkPolicies().inNamespace(namespace).resource(wanted);
            NetworkPolicy found = policy.get();
            if (found != null) {
                return found;
            }
            try {
                return policy.create();
            } catch (KubernetesClientException e) {
                // Another JVM was quicker.
                if (!ApiFailure.isOfExisting(e)) {
                    throw e;
                }
                return policy.get();
            }
        });
    }

    /** Returns a pod; empty if it does not exist. */
    Optional<Pod> find(String name) throws EngineException {
        return find(name, callTimeout);
    }

    /** Returns a pod; empty if it does not exist. */
    Optional<Pod> find(String name, Duration timeout) throws EngineException {
        return CALLS.call("report the state of pod " + name, timeout, () -> Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(name).get()));
    }

    /** Returns the library's pods. */
    List<Pod> all() throws EngineException {
        return CALLS.call("list pods in namespace " + namespace, callTimeout, () -> client.pods()
                .inNamespace(namespace)
                .withLabel(OwnLabels.LIBRARY, "true")
                .list()
                .getItems());
    }

    /** Returns the events of a pod. */
    List<Event> events(String name) throws EngineException {
        return CALLS.call("list the events of pod " + name, callTimeout, () -> client.v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", name)
                .list()
                .getItems());
    }

    /** Deletes a pod, whose container has no time to end by itself. */
    @Override
    public void remove(String name) throws EngineException {
        CALLS.call("delete pod " + name + " in namespace " + namespace, callTimeout, () -> client.pods()
                .inNamespace(namespace)
                .withName(name)
                .withGracePeriod(0)
                .delete());
    }
}
