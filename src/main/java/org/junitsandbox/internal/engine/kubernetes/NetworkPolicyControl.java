package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.UUID;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.PendingStarts;
import org.junitsandbox.internal.text.Units;

/**
 * A pod that no policy of the library selects: if it does not reach the API server either, what a pod with the policy
 * does not reach shows nothing.
 */
final class NetworkPolicyControl {

    private static final long INTERVAL_MILLIS = 200;

    private final PodApi api;
    private final PodMaker maker;
    private final PodManifest manifest;
    private final ContainerRemover remover;
    private final StartCleanup cleanup;

    NetworkPolicyControl(
            PodApi api, PodMaker maker, PodManifest manifest, ContainerRemover remover, StartCleanup cleanup) {
        this.api = api;
        this.maker = maker;
        this.manifest = manifest;
        this.remover = remover;
        this.cleanup = cleanup;
    }

    /**
     * Starts the pod and waits for its end.
     *
     * @param config that of a sandbox, whose user and runtime the pod has
     * @throws EngineException if it does not reach the API server, or cannot find that out
     */
    void run(ContainerConfig config) throws EngineException {
        PendingStarts.check();
        String name = KubernetesEngine.NAME_PREFIX + "control-" + UUID.randomUUID();
        Pod control = manifest.ofControl(config, name);
        boolean created = false;
        try {
            maker.create(control, () -> remover.beside(name));
            created = true;
            judge(awaitEnd(maker.podOf(name)));
        } catch (EngineException | RuntimeException | Error e) {
            cleanup.after(e, name, created);
            throw e;
        }
        remover.now(name);
    }

    private Pod awaitEnd(String name) throws EngineException {
        String subject = "Pod " + name + ", which checks the network,";
        PreparationCheck preparation = new PreparationCheck(api, name, subject, KubernetesEngine.START_TIMEOUT);
        long start = System.nanoTime();
        while (true) {
            PendingStarts.check();
            Pod pod = api.find(name)
                    .orElseThrow(
                            () -> new EngineException(Fault.ENGINE, subject + " was deleted before its end", null));
            if (PodProblem.hasEnded(pod)) {
                return pod;
            }
            Optional<EngineException> problem = PodProblem.ofStart(pod);
            if (problem.isPresent()) {
                throw problem.get();
            }
            if (!PodProblem.runs(pod)) {
                preparation.requireProgress();
            } else if (System.nanoTime() - start > KubernetesEngine.START_TIMEOUT.toNanos()) {
                throw new EngineException(
                        Fault.ENGINE,
                        subject + " has not ended within " + Units.describe(KubernetesEngine.START_TIMEOUT),
                        null);
            }
            Pause.of(INTERVAL_MILLIS, "a pod checked the network");
        }
    }

    /** The exit code decides: the phase of the pod may be a moment behind. */
    private static void judge(Pod ended) throws EngineException {
        int exitCode = PodProblem.exitCode(ended).orElse(-1);
        if (exitCode == 0) {
            return;
        }
        String reason = PodProblem.endReason(ended).orElse("for no reason that the cluster reports");
        throw new EngineException(
                Fault.ENGINE,
                exitCode == NetworkPolicyCheck.NOT_REACHED
                        ? "Nothing could show that NetworkPolicy " + NetworkPolicyGuard.NAME + " is enforced: a pod"
                                + " which it does not select does not reach the API server at its service address"
                                + " either. If another policy denies pods the network, set `network` to \"default\" and"
                                + " trust that policy, or use sandbox.kubernetes.networkCutImage in place of"
                                + " sandbox.kubernetes.networkPolicyImage."
                        : "Nothing could show that NetworkPolicy " + NetworkPolicyGuard.NAME + " is enforced: the pod"
                                + " that would find out what pods reach without it ended before (" + reason + "). Its"
                                + " image is that of sandbox.kubernetes.networkPolicyImage, which needs sh and nc.",
                null);
    }
}
