package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.MissingProgram;
import org.junitsandbox.internal.text.Excerpt;

/** What a pod's status shows of its end, or of what keeps it from starting. */
final class PodProblem {

    private static final Set<String> IMAGE_REASONS = Set.of(
            "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError",
            "RegistryUnavailable");

    private static final Set<String> CONTAINER_REASONS = Set.of(
            "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CrashLoopBackOff");

    /** The runtime's own: it could not start the container's program. */
    private static final Set<String> NEVER_RAN_REASONS = Set.of("StartError", "ContainerCannotRun");

    private PodProblem() {}

    /** Whether the node reports that the container runs. */
    static boolean runs(Pod pod) {
        return sandbox(pod).map(ContainerStatus::getState).map(ContainerState::getRunning).isPresent();
    }

    /** Whether its container runs no more. */
    static boolean hasEnded(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase) || terminated(pod).isPresent();
    }

    /** Returns why a pod has ended: "Evicted: The node was low on resource: memory"; empty if nothing is reported. */
    static Optional<String> endReason(Pod pod) {
        PodStatus status = pod.getStatus();
        Stream<String> ofPod = Stream.of(described(status.getReason(), status.getMessage()));
        Stream<String> ofContainer = terminated(pod).stream().map(PodProblem::described);
        Stream<String> before = of(status.getInitContainerStatuses())
                .flatMap(container -> terminated(container).stream()
                        .filter(end -> end.getExitCode() != 0)
                        .map(end -> "container " + container.getName() + ", which runs before the sandbox's: "
                                + described(end) + advice(container)
                                + NetworkPolicyCheck.explanation(container.getName(), end.getExitCode())));
        return Stream.of(ofPod, ofContainer, before)
                .flatMap(texts -> texts)
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + "; " + other);
    }

    /** Returns what keeps a pod from starting, for good or until somebody changes something; empty if nothing does. */
    static Optional<EngineException> ofStart(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        if (hasEnded(pod)) {
            String reason = endReason(pod).orElse("the cluster reports no reason");
            return neverRan(pod)
                    .flatMap(message -> program(pod).flatMap(program -> MissingProgram.of(message, program, null)))
                    .or(() -> Optional.of(new EngineException(
                            Fault.ENGINE, "The pod ended before it was ready: " + reason, null)));
        }
        Optional<EngineException> unscheduled = pod.getStatus().getConditions().stream()
                .filter(PodProblem::isUnschedulable)
                .findFirst()
                .map(condition -> new EngineException(
                        Fault.ENGINE,
                        "No node of the cluster can take the pod (Unschedulable): "
                                + Excerpt.line(String.valueOf(condition.getMessage()))
                                + " Lower sandbox.pool.max, the limits of the sandboxes or"
                                + " sandbox.kubernetes.cpuRequest, or change sandbox.kubernetes.nodeSelector or"
                                + " sandbox.kubernetes.tolerations.",
                        null));
        return unscheduled.isPresent()
                ? unscheduled
                : Stream.concat(of(pod.getStatus().getInitContainerStatuses()), sandbox(pod).stream())
                        .flatMap(status -> ofWaiting(status).stream())
                        .findFirst();
    }

    private static boolean isUnschedulable(PodCondition condition) {
        return condition.getType().equals("PodScheduled")
                && condition.getStatus().equals("False")
                && "Unschedulable".equals(condition.getReason());
    }

    private static Optional<EngineException> ofWaiting(ContainerStatus status) {
        ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        if (waiting == null) {
            return Optional.empty();
        }
        String reason = String.valueOf(waiting.getReason());
        String text = described(reason, waiting.getMessage());
        if (IMAGE_REASONS.contains(reason)) {
            return Optional.of(new EngineException(
                    Fault.IMAGE,
                    "The cluster's node cannot get image " + status.getImage() + ": " + text + ". Push it to a registry"
                            + " that the nodes pull from; for a private one, set sandbox.kubernetes.imagePullSecrets."
                            + advice(status),
                    null));
        }
        if (CONTAINER_REASONS.contains(reason)) {
            return Optional.of(new EngineException(
                    Fault.ENGINE,
                    "The cluster's node cannot start the container of image " + status.getImage() + ": " + text
                            + advice(status),
                    null));
        }
        return Optional.empty();
    }

    private static String advice(ContainerStatus container) {
        return switch (container.getName()) {
            case NetworkCut.CONTAINER ->
                " (it is the image of sandbox.kubernetes.networkCutImage, which needs sh and ip)";
            case NetworkPolicyCheck.CONTAINER, NetworkPolicyCheck.CONTROL ->
                " (it is the image of sandbox.kubernetes.networkPolicyImage, which needs sh and nc)";
            default -> "";
        };
    }

    /** Returns the runtime's message, if it could not start the container's program. */
    private static Optional<String> neverRan(Pod pod) {
        return terminated(pod)
                .filter(end -> NEVER_RAN_REASONS.contains(String.valueOf(end.getReason())))
                .map(ContainerStateTerminated::getMessage)
                .map(message -> Excerpt.line(message.strip()));
    }

    /** Returns the program that the sandbox's container runs. */
    private static Optional<String> program(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> KubernetesEngine.CONTAINER.equals(container.getName()))
                .flatMap(container -> container.getCommand().stream())
                .findFirst();
    }

    /** Returns the exit code of a pod's container; empty if it has not ended, or never began. */
    static Optional<Integer> exitCode(Pod pod) {
        return terminated(pod).map(ContainerStateTerminated::getExitCode);
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return sandbox(pod).flatMap(PodProblem::terminated);
    }

    private static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).map(ContainerState::getTerminated);
    }

    /** The container of the library. Clusters can add others of their own to a pod: these are not meant. */
    private static Optional<ContainerStatus> sandbox(Pod pod) {
        return of(pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses())
                .filter(status -> KubernetesEngine.CONTAINER.equals(status.getName())
                        || NetworkPolicyCheck.CONTROL.equals(status.getName()))
                .findFirst();
    }

    private static Stream<ContainerStatus> of(@Nullable List<ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    /** The message of a container that has run is its own: any command can have written it. */
    private static String described(ContainerStateTerminated end) {
        String reason = String.valueOf(end.getReason());
        return described(
                reason + " (exit code " + end.getExitCode() + ")",
                NEVER_RAN_REASONS.contains(reason) ? end.getMessage() : null);
    }

    private static String described(@Nullable String reason, @Nullable String message) {
        return Stream.of(reason, message)
                .filter(text -> text != null && !text.isBlank())
                .map(text -> Excerpt.line(String.valueOf(text).strip()))
                .reduce((one, other) -> one + ": " + other)
                .orElse("");
    }
}
