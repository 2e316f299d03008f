package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineCalls;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.PendingStarts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods of one namespace, their Jobs, and the policy of their network. Every call ends in time. Safe for use by
 * several threads.
 */
final class PodApi implements PodMaker {

    private static final Logger LOG = LoggerFactory.getLogger(PodApi.class);

    private static final EngineCalls CALLS = new EngineCalls("The cluster", ApiFailure::reason);

    /** By which the cluster marks the pod of a Job. */
    private static final String JOB_LABEL = "job-name";

    /** A load balancer has been seen to refuse all calls for 4 s after its API server had started again. */
    private static final Duration CREATION_PATIENCE = Duration.ofSeconds(6);

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
    public void create(Pod pod, Runnable late) throws EngineException {
        create("pod", pod, client.pods().inNamespace(namespace).resource(pod), late);
    }

    /**
     * Creates a Job; returns whether the cluster will delete it some time after its end, as the Job says.
     *
     * @param late called if it may be created after the time limit: removes it
     * @throws EngineException for want of room if a quota allows no more Jobs
     */
    boolean createJob(Job job, Runnable late) throws EngineException {
        // A server that does not know the field drops it.
        return create("job", job, client.batch().v1().jobs().inNamespace(namespace).resource(job), late)
                        .getSpec()
                        .getTtlSecondsAfterFinished()
                != null;
    }

    private <T extends HasMetadata> T create(String kind, T wanted, Resource<T> resource, Runnable late)
            throws EngineException {
        String what = "create " + kind + " " + wanted.getMetadata().getName() + " in namespace " + namespace;
        long start = System.nanoTime();
        boolean mayExist = false;
        while (true) {
            try {
                return CALLS.call(what, callTimeout, () -> create(wanted, resource), result -> late.run());
            } catch (EngineException e) {
                boolean isRefusal = ApiFailure.isRefusal(e);
                if (!ApiFailure.mayPass(e) || System.nanoTime() - start > CREATION_PATIENCE.toNanos()) {
                    if (mayExist && isRefusal) {
                        // An attempt before, whose answer was lost, may have created it.
                        late.run();
                    }
                    throw ApiFailure.isOfQuota(e)
                            ? new EngineException(Fault.NO_ROOM, String.valueOf(e.getMessage()), e.getCause())
                            : e;
                }
                mayExist |= !isRefusal;
                LOG.debug("The cluster is asked again to {}", what, e);
                Pause.of(Pause.RELIEF_MILLIS, "waiting for the cluster to " + what);
                PendingStarts.check();
            }
        }
    }

    private static <T> T create(T wanted, Resource<T> resource) {
        try {
            return resource.create();
        } catch (KubernetesClientException e) {
            // The client repeats a call whose answer was lost: the first one had created it.
            if (!ApiFailure.isOfExisting(e)) {
                throw e;
            }
            return wanted;
        }
    }

    @Override
    public String podOf(String name) {
        return name;
    }

    @Override
    public List<ObjectMeta> withoutPod() {
        return List.of();
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

    /** Returns the library's Jobs. */
    List<Job> jobs() throws EngineException {
        return CALLS.call("list jobs in namespace " + namespace, callTimeout, () -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(OwnLabels.LIBRARY, "true")
                .list()
                .getItems());
    }

    /** Returns the name of a Job's pod; empty as long as the cluster has not made it. */
    Optional<String> podOfJob(String job) throws EngineException {
        return CALLS.call("list the pods of job " + job + " in namespace " + namespace, callTimeout, () -> client.pods()
                .inNamespace(namespace)
                .withLabel(JOB_LABEL, job)
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .findFirst());
    }

    /** Returns the events of a pod, or of a Job. */
    List<Event> events(String name) throws EngineException {
        return CALLS.call("list the events of " + name, callTimeout, () -> client.v1()
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

    /** Deletes a Job, and with it its pod. */
    void removeJob(String name) throws EngineException {
        CALLS.call("delete job " + name + " in namespace " + namespace, callTimeout, () -> client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
    }
}
