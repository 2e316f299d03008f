package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** What a pod's status shows of its end, or of what keeps it from starting. */
final class PodProblem {

    private static final Set<String> IMAGE_REASONS = Set.of(
            "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
            "RegistryUnavailable");

    private static final Set<String> CONTAINER_REASONS = Set.of(
            "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CrashLoopBackOff");

    private PodProblem() {}

    /** Whether its container runs no more. */
    static boolean hasEnded(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase) || terminated(pod).isPresent();
    }

    /** Returns why a pod has ended: "Evicted: The node was low on resource: memory"; empty if nothing is reported. */
    static Optional<String> endReason(Pod pod) {
        PodStatus status = pod.getStatus();
        Stream<String> ofPod = Stream.of(described(status.getReason(), status.getMessage()));
        Stream<String> ofContainer = terminated(pod).stream()
                .map(end -> described(
                        end.getReason() + " (exit code " + end.getExitCode() + ")", end.getMessage()));
        return Stream.concat(ofPod, ofContainer)
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + "; " + other);
    }

    /** Returns what keeps a pod from starting, for good or until somebody changes something; empty if nothing does. */
    static Optional<EngineException> ofStart(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        if (hasEnded(pod)) {
            return Optional.of(new EngineException(
                    Fault.ENGINE,
                    "The pod ended before it was ready: " + endReason(pod).orElse("the cluster reports no reason"),
                    null));
        }
        Optional<EngineException> unscheduled = pod.getStatus().getConditions().stream()
                .filter(PodProblem::isUnschedulable)
                .findFirst()
                .map(condition -> new EngineException(
                        Fault.ENGINE,
                        "No node of the cluster can take the pod (Unschedulable): " + condition.getMessage()
                                + " Lower sandbox.pool.max, the limits of the sandboxes or"
                                + " sandbox.kubernetes.cpuRequest, or change sandbox.kubernetes.nodeSelector or"
                                + " sandbox.kubernetes.tolerations.",
                        null));
        return unscheduled.isPresent() ? unscheduled : statuses(pod)
                .map(status -> status.getState() == null ? null : status.getState().getWaiting())
                .filter(Objects::nonNull)
                .flatMap(waiting -> ofWaiting(waiting, pod).stream())
                .findFirst();
    }

    private static boolean isUnschedulable(PodCondition condition) {
        return condition.getType().equals("PodScheduled")
                && condition.getStatus().equals("False")
                && "Unschedulable".equals(condition.getReason());
    }

    private static Optional<EngineException> ofWaiting(@Nullable ContainerStateWaiting waiting, Pod pod) {
        String reason = waiting == null ? "" : String.valueOf(waiting.getReason());
        String image = pod.getSpec().getContainers().get(0).getImage();
        String text = waiting == null ? "" : described(reason, waiting.getMessage());
        if (IMAGE_REASONS.contains(reason)) {
            return Optional.of(new EngineException(
                    Fault.IMAGE,
                    "The cluster's node cannot get image " + image + ": " + text + ". Push it to a registry that the"
                            + " nodes pull from; for a private one, set sandbox.kubernetes.imagePullSecrets.",
                    null));
        }
        if (CONTAINER_REASONS.contains(reason)) {
            return Optional.of(new EngineException(
                    Fault.ENGINE,
                    "The cluster's node cannot start the container of image " + image + ": " + text,
                    null));
        }
        return Optional.empty();
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return statuses(pod)
                .map(status -> status.getState() == null ? null : status.getState().getTerminated())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .findFirst();
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        List<ContainerStatus> statuses =
                pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    private static String described(@Nullable String reason, @Nullable String message) {
        return Stream.of(reason, message)
                .filter(text -> text != null && !text.isBlank())
                .map(String::valueOf)
                .reduce((one, other) -> one + ": " + other)
                .orElse("");
    }
}
