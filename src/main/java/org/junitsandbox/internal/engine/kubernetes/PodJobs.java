package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.PendingStarts;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs of one pod each: the cluster deletes them when their pods have ended, whatever has become of this JVM. Safe for
 * use by several threads.
 */
final class PodJobs implements PodMaker {

    private static final Logger LOG = LoggerFactory.getLogger(PodJobs.class);

    /** How long the cluster keeps a pod that has ended: so long, this JVM can ask it why. */
    static final Duration KEPT = Duration.ofSeconds(60);

    /** A cluster makes the pod of a Job in far less than a second, unless it cannot. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long INTERVAL_MILLIS = 50;

    /** The cluster reports what keeps it from making a pod by events only. */
    private static final Duration EVENTS_INTERVAL = Duration.ofMillis(500);

    private static final String KIND = "Job";

    private final PodApi api;

    PodJobs(PodApi api) {
        this.api = api;
    }

    @Override
    public String kind() {
        return "job";
    }

    @Override
    public String ifNeverRemoved() {
        return "the cluster deletes a Job and its pod when the pod has ended, which is at its deadline at the latest";
    }

    @Override
    public void create(Pod pod, Runnable late) throws EngineException {
        if (!api.createJob(of(pod), late)) {
            throw new EngineException(
                    Fault.ENGINE,
                    "The cluster does not delete Jobs that have ended: its API server does not know"
                            + " ttlSecondsAfterFinished, which before Kubernetes 1.21 needs the feature gate"
                            + " TTLAfterFinished. Without that, do not set sandbox.kubernetes.job.",
                    null);
        }
    }

    /** Returns the Job that makes the pod, once. */
    static Job of(Pod pod) {
        Long deadline = pod.getSpec().getActiveDeadlineSeconds();
        return new JobBuilder()
                .withMetadata(pod.getMetadata())
                .withNewSpec()
                .withBackoffLimit(0)
                .withTtlSecondsAfterFinished((int) KEPT.toSeconds())
                // That of the pod begins with its start, this one now: it ends a pod that no node takes.
                .withActiveDeadlineSeconds(deadline + KubernetesEngine.START_TIMEOUT.toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(pod.getMetadata().getLabels())
                .withAnnotations(pod.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(pod.getSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    @Override
    public String podOf(String job) throws EngineException {
        long start = System.nanoTime();
        long lastEvents = start;
        @Nullable String unknown = null;
        while (true) {
            PendingStarts.check();
            Optional<String> pod = api.podOfJob(job);
            if (pod.isPresent()) {
                return pod.get();
            }
            long now = System.nanoTime();
            if (now - lastEvents > EVENTS_INTERVAL.toNanos()) {
                unknown = requireNoFailure(job);
                lastEvents = System.nanoTime();
            }
            if (now - start > PATIENCE.toNanos()) {
                throw new EngineException(
                        Fault.ENGINE,
                        "The cluster has made no pod for job " + job + " within " + Units.describe(PATIENCE)
                                + (unknown == null ? "" : ". Why is not known: " + unknown),
                        null);
            }
            Pause.of(INTERVAL_MILLIS, "waiting for the pod of job " + job);
        }
    }

    /** Includes those whose pod has ended, which the cluster deletes. */
    @Override
    public List<ObjectMeta> withoutPod() throws EngineException {
        return api.jobs().stream()
                .filter(PodJobs::hasNoPod)
                .map(Job::getMetadata)
                .toList();
    }

    static boolean hasNoPod(Job job) {
        return job.getStatus() == null
                || job.getStatus().getActive() == null
                || job.getStatus().getActive() == 0;
    }

    /** Returns why it is not known whether the cluster has failed to make the pod; null if it has not. */
    private @Nullable String requireNoFailure(String job) throws EngineException {
        List<Event> events;
        try {
            events = api.events(job);
        } catch (EngineException e) {
            LOG.debug("The events of job {} are not known", job, e);
            return String.valueOf(e.getMessage());
        }
        Optional<String> failure = PodEvents.refusedPod(events);
        if (failure.isPresent()) {
            throw ApiFailure.ofJob(job, failure.get());
        }
        return null;
    }

    /** Returns the name of the Job that has made a pod; empty for one that is alone. */
    static Optional<String> jobOf(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> KIND.equals(owner.getKind()) && Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getName)
                .findFirst();
    }

    /** Also deletes the pod at once, which the cluster would do somewhat later: until then, it counts in a quota. */
    @Override
    public void remove(String job) throws EngineException {
        Optional<String> pod = api.podOfJob(job);
        // First, as it would make another pod in the place of this one.
        api.removeJob(job);
        if (pod.isPresent()) {
            api.remove(pod.get());
        }
    }
}
