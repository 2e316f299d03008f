package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.PendingStarts;

/** Finds out, while a pod is waited for, whether it will not start. For one thread. */
final class StartCheck implements PodAttacher.StartWatch {

    /** A node reports the state of a pod about once a second. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final PodApi api;
    private final String pod;
    private final PreparationCheck preparation;
    private long last = System.nanoTime();
    private boolean isRunning;

    /**
     * @param timeout how long it may take until the pod runs
     */
    StartCheck(PodApi api, String pod, Duration timeout) {
        this.api = api;
        this.pod = pod;
        this.preparation = new PreparationCheck(api, pod, "Pod " + pod, timeout);
    }

    /**
     * Looks at the pod, if the last look was some time ago; returns whether its container ran then.
     *
     * @throws EngineException if the pod will not start, or has not started in time
     */
    @Override
    public boolean runs() throws EngineException {
        PendingStarts.check();
        long now = System.nanoTime();
        if (now - last < INTERVAL.toNanos()) {
            return isRunning;
        }
        Optional<Pod> found = api.find(pod);
        if (found.isEmpty()) {
            throw new EngineException(Fault.ENGINE, "Pod " + pod + " was deleted before it ran", null);
        }
        Optional<EngineException> problem = PodProblem.ofStart(found.get());
        if (problem.isPresent()) {
            throw problem.get();
        }
        preparation.requireProgress();
        isRunning = PodProblem.runs(found.get());
        last = System.nanoTime();
        return isRunning;
    }
}
