package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.junitsandbox.internal.engine.AttachedContainer.State;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether pods have ended, and why. Safe for use by several threads. */
final class PodProbe {

    private static final Logger LOG = LoggerFactory.getLogger(PodProbe.class);

    private static final Duration CALL_TIMEOUT = Duration.ofMillis(1500);

    /** A node reports the end of a container about a second late. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** It asks again and again: to watch a pod, a Role would need one more right. */
    private static final long INTERVAL_MILLIS = 200;

    private final PodApi api;

    PodProbe(PodApi api) {
        this.api = api;
    }

    /** See {@link org.junitsandbox.internal.engine.AttachedContainer#state}. */
    State state(String name) {
        long start = System.nanoTime();
        while (true) {
            try {
                if (api.find(name, CALL_TIMEOUT).map(PodProblem::hasEnded).orElse(true)) {
                    return State.ENDED;
                }
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    return State.RUNNING;
                }
                Thread.sleep(INTERVAL_MILLIS);
            } catch (EngineException e) {
                LOG.debug("The state of pod {} is not known", name, e);
                return State.ENGINE_UNREACHABLE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return State.RUNNING;
            }
        }
    }

    /** See {@link org.junitsandbox.internal.engine.AttachedContainer#endReason}. */
    String endReason(String name) {
        try {
            Optional<Pod> pod = api.find(name, CALL_TIMEOUT);
            return pod.isEmpty() ? "the pod was deleted" : PodProblem.endReason(pod.get()).orElse("");
        } catch (EngineException e) {
            LOG.debug("The end of pod {} is not known", name, e);
            return "";
        }
    }
}
