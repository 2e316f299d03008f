package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** What is read from the status of a pod. */
class PodProblemTests {

    private static Pod pod(@Nullable PodStatus status) {
        return new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("sandbox")
                .withImage("tool:1")
                .withCommand("/bin/sh", "-c")
                .endContainer()
                .endSpec()
                .withStatus(status)
                .build();
    }

    private static Pod pod(ContainerStatus status) {
        return pod(new PodStatusBuilder()
                .withPhase("Pending")
                .withContainerStatuses(status)
                .build());
    }

    private static ContainerStatus waiting(String reason, @Nullable String message) {
        return new ContainerStatusBuilder()
                .withName("sandbox")
                .withImage("tool:1")
                .withState(new ContainerStateBuilder()
                        .withNewWaiting(message, reason)
                        .build())
                .build();
    }

    private static ContainerStatus terminated(String reason, int exitCode) {
        return new ContainerStatusBuilder()
                .withName("sandbox")
                .withImage("tool:1")
                .withState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withReason(reason)
                        .withExitCode(exitCode)
                        .endTerminated()
                        .build())
                .build();
    }

    @Test
    void findsNothingWhereAPodIsNewOrRuns() {
        assertThat(PodProblem.ofStart(pod(new PodStatus()))).isEmpty();
        assertThat(PodProblem.ofStart(pod((PodStatus) null))).isEmpty();
        assertThat(PodProblem.ofStart(pod(waiting("ContainerCreating", null)))).isEmpty();
        assertThat(PodProblem.hasEnded(
                        pod(new PodStatusBuilder().withPhase("Running").build())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"})
    void blamesTheImage(String reason) {
        assertThat(PodProblem.ofStart(pod(waiting(reason, "no such host"))))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.fault()).isEqualTo(Fault.IMAGE);
                    assertThat(problem)
                            .hasMessage("The cluster's node cannot get image tool:1: " + reason + ": no such host."
                                    + " Push it to a registry that the nodes pull from; for a private one, set"
                                    + " sandbox.kubernetes.imagePullSecrets.");
                });
    }

    @Test
    void blamesTheContainer() {
        assertThat(PodProblem.ofStart(pod(waiting("CreateContainerError", "no such file"))))
                .get()
                .extracting(EngineException::getMessage)
                .isEqualTo("The cluster's node cannot start the container of image tool:1: CreateContainerError: no"
                        + " such file");
    }

    @Test
    void waitsForANodeAsLongAsTheSchedulerHasNotRefused() {
        PodStatusBuilder status = new PodStatusBuilder().withPhase("Pending");
        Pod unknown = pod(status.addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .build());
        Pod refused = pod(status.addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .endCondition()
                .build());

        assertThat(PodProblem.ofStart(unknown)).isEmpty();
        assertThat(PodProblem.ofStart(refused))
                .get()
                .extracting(EngineException::getMessage)
                .asString()
                .startsWith("No node of the cluster can take the pod (Unschedulable): 0/3 nodes are available: 3"
                        + " Insufficient memory. Lower sandbox.pool.max");
    }

    @Test
    void namesTheReasonOfAnEnd() {
        Pod evicted = pod(new PodStatusBuilder()
                .withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: memory.")
                .build());
        Pod killed = pod(terminated("OOMKilled", 137));

        assertThat(PodProblem.hasEnded(evicted)).isTrue();
        assertThat(PodProblem.endReason(evicted)).contains("Evicted: The node was low on resource: memory.");
        assertThat(PodProblem.hasEnded(killed)).isTrue();
        assertThat(PodProblem.endReason(killed)).contains("OOMKilled (exit code 137)");
        assertThat(PodProblem.ofStart(killed))
                .get()
                .extracting(EngineException::getMessage)
                .isEqualTo("The pod ended before it was ready: OOMKilled (exit code 137)");
    }

    private static Pod withInitContainer(String phase, ContainerStatus status) {
        return withInitContainer("network-cut", phase, status);
    }

    private static Pod withInitContainer(String name, String phase, ContainerStatus status) {
        return pod(new PodStatusBuilder()
                .withPhase(phase)
                .withInitContainerStatuses(new ContainerStatusBuilder(status)
                        .withName(name)
                        .withImage("cut:1")
                        .build())
                .withContainerStatuses(waiting("PodInitializing", null))
                .build());
    }

    @Test
    void namesTheContainerThatRunsBeforeTheSandbox() {
        assertThat(PodProblem.ofStart(withInitContainer("Pending", waiting("ErrImagePull", "not found"))))
                .get()
                .extracting(EngineException::getMessage)
                .asString()
                .contains("cannot get image cut:1: ErrImagePull: not found", "sandbox.kubernetes.networkCutImage");
        assertThat(PodProblem.ofStart(withInitContainer("Failed", terminated("Error", 127))))
                .get()
                .extracting(EngineException::getMessage)
                .asString()
                .contains("network-cut", "Error (exit code 127)", "sandbox.kubernetes.networkCutImage");
    }

    @Test
    void explainsThatAPolicyIsNotEnforcedByTheExitCodeOfItsCheckOnly() {
        String message = "does not enforce such policies";

        assertThat(PodProblem.endReason(
                        withInitContainer("network-policy-check", "Failed", terminated("Error", 70))))
                .get()
                .asString()
                .contains("network-policy-check", "Error (exit code 70)", message);
        assertThat(PodProblem.endReason(
                        withInitContainer("network-policy-check", "Failed", terminated("Error", 127))))
                .get()
                .asString()
                .contains("sandbox.kubernetes.networkPolicyImage, which needs sh and nc")
                .doesNotContain(message);
        assertThat(PodProblem.endReason(withInitContainer("Failed", terminated("Error", 70))))
                .get()
                .asString()
                .doesNotContain(message);
    }

    /** Nodes report the end of a container before the end of its pod. */
    @Test
    void knowsTheExitCodeOfAPodWhosePhaseIsBehind() {
        Pod ended = pod(new PodStatusBuilder()
                .withPhase("Running")
                .withContainerStatuses(new ContainerStatusBuilder(terminated("Completed", 0))
                        .withName("network-policy-control")
                        .build())
                .build());

        assertThat(PodProblem.hasEnded(ended)).isTrue();
        assertThat(PodProblem.exitCode(ended)).contains(0);
        assertThat(PodProblem.exitCode(pod(waiting("ContainerCreating", null)))).isEmpty();
    }

    @Test
    void waitsAfterTheContainerThatRunsBeforeTheSandbox() {
        assertThat(PodProblem.ofStart(withInitContainer("Pending", terminated("Completed", 0)))).isEmpty();
    }

    @Test
    void doesNotTakeTheEndOfAnotherContainerForThatOfTheSandbox() {
        ContainerStatus sidecar = new ContainerStatusBuilder(terminated("Completed", 0))
                .withName("sidecar")
                .build();

        assertThat(PodProblem.hasEnded(pod(sidecar))).isFalse();
        assertThat(PodProblem.endReason(pod(sidecar))).isEmpty();
    }

    private static ContainerStatus terminated(String reason, int exitCode, String message) {
        return new ContainerStatusBuilder(terminated(reason, exitCode))
                .editState()
                .editTerminated()
                .withMessage(message)
                .endTerminated()
                .endState()
                .build();
    }

    @Test
    void doesNotRepeatWhatAContainerHasWrittenOfItsEnd() {
        Pod pod = pod(terminated("Error", 137, "\u001b[2J\nOOMKilled: fake"));

        assertThat(PodProblem.endReason(pod)).contains("Error (exit code 137)");
    }

    @Test
    void showsTheRuntimesMessageOfAProgramThatDidNotStart() {
        Pod pod = pod(terminated("StartError", 128, "exec: no such file\u001b[2J"));

        assertThat(PodProblem.endReason(pod))
                .contains("StartError (exit code 128): exec: no such file\\u001B[2J");
    }

    @Test
    void namesTheProgramThatTheImageLacks() {
        String missing = "runc create failed: exec: \"/bin/sh\": stat /bin/sh: no such file or directory";

        assertThat(PodProblem.ofStart(pod(terminated("StartError", 128, missing))))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.fault()).isEqualTo(Fault.IMAGE);
                    assertThat(problem)
                            .hasMessage("The image has no /bin/sh, which a sandbox needs. The engine's message: "
                                    + missing);
                });
        assertThat(PodProblem.ofStart(pod(terminated("StartError", 128, "no such file: /etc/x"))))
                .hasValueSatisfying(problem -> assertThat(problem.fault()).isEqualTo(Fault.ENGINE));
        // A command can have written it.
        assertThat(PodProblem.ofStart(pod(terminated("Error", 1, missing))))
                .hasValueSatisfying(problem -> assertThat(problem.fault()).isEqualTo(Fault.ENGINE));
    }
}
