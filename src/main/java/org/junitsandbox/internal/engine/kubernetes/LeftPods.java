package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineCalls;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods that JVMs have left behind: those that have ended, which nobody needs any more, those that nobody waits for any
 * more as they have not started in time, and those whose JVM was one of this machine and has ended. Also Jobs whose
 * pod the cluster has not made.
 */
final class LeftPods {

    private static final Logger LOG = LoggerFactory.getLogger(LeftPods.class);

    /** Far longer than a JVM that lives waits for a pod, as its clock may differ from the cluster's. */
    private static final Duration LONGEST_START = KubernetesEngine.START_TIMEOUT.multipliedBy(3);

    private final PodApi api;
    private final PodMaker maker;
    private final AtomicBoolean searched = new AtomicBoolean();

    LeftPods(PodApi api, PodMaker maker) {
        this.api = api;
        this.maker = maker;
    }

    /** Removes them while the caller goes on, at the first call. */
    void removeOnce() {
        if (searched.compareAndSet(false, true)) {
            EngineCalls.beside(() -> {
                removePods();
                removeWithoutPod();
            });
        }
    }

    private void removePods() {
        try {
            for (Pod pod : api.all()) {
                if (isLeft(pod, Instant.now())) {
                    remove(pod);
                }
            }
        } catch (EngineException e) {
            LOG.debug("Pods of earlier runs are not looked for", e);
        }
    }

    /** Removes what a killed JVM had asked for a pod that the cluster then refused. */
    private void removeWithoutPod() {
        try {
            for (ObjectMeta object : maker.withoutPod()) {
                if (isLeft(object, Instant.now())) {
                    remove(object.getName(), maker);
                }
            }
        } catch (EngineException e) {
            LOG.debug("Objects of kind {} of earlier runs are not looked for", maker.kind(), e);
        }
    }

    private void remove(Pod pod) {
        Optional<String> job = PodJobs.jobOf(pod);
        if (job.isPresent()) {
            // It would make another pod in the place of this one.
            remove(job.get(), api::removeJob);
        } else {
            remove(pod.getMetadata().getName(), api);
        }
    }

    private static void remove(String name, ContainerRemover.Removal removal) {
        try {
            removal.remove(name);
            LOG.debug("{} of an earlier run is deleted", name);
        } catch (EngineException e) {
            LOG.debug("{} of an earlier run could not be deleted", name, e);
        }
    }

    static boolean isLeft(Pod pod, Instant now) {
        ObjectMeta metadata = pod.getMetadata();
        boolean isOld = isOlderThanAnyStart(metadata, now);
        return !isOfThisJvm(metadata)
                && ((PodProblem.hasEnded(pod) && (isOld || !isControl(pod)))
                        || (isPending(pod) && isOld)
                        || isOfEndedJvm(metadata));
    }

    /** Whether nobody waits for the pod any more that an object stands for. */
    static boolean isLeft(ObjectMeta withoutPod, Instant now) {
        return !isOfThisJvm(withoutPod) && (isOlderThanAnyStart(withoutPod, now) || isOfEndedJvm(withoutPod));
    }

    private static boolean isOfThisJvm(ObjectMeta metadata) {
        return OwnLabels.SESSION_ID.equals(value(metadata.getLabels(), OwnLabels.SESSION));
    }

    private static boolean isOfEndedJvm(ObjectMeta metadata) {
        return ProcessIdentity.hasEnded(String.valueOf(value(metadata.getAnnotations(), OwnLabels.PROCESS)));
    }

    /** Whether it is one that ends by itself, and that its JVM looks at then. */
    private static boolean isControl(Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getContainers().stream()
                        .anyMatch(container -> NetworkPolicyCheck.CONTROL.equals(container.getName()));
    }

    private static boolean isPending(Pod pod) {
        return pod.getStatus() != null && "Pending".equals(pod.getStatus().getPhase());
    }

    private static boolean isOlderThanAnyStart(ObjectMeta metadata, Instant now) {
        try {
            return Instant.parse(metadata.getCreationTimestamp()).plus(LONGEST_START).isBefore(now);
        } catch (DateTimeException e) {
            LOG.debug("The cluster writes the time of {} in its own way", metadata.getName(), e);
            return false;
        }
    }

    private static @Nullable String value(@Nullable Map<String, String> map, String key) {
        return map == null ? null : map.get(key);
    }
}
