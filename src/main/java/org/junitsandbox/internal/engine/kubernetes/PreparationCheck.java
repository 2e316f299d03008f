package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, while a pod does not run yet, whether it takes too long, or its node fails to prepare it. That is shown by
 * events only. For one thread.
 */
final class PreparationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PreparationCheck.class);

    /** What a node fails to prepare, it tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PodApi api;
    private final String pod;
    private final String subject;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private long last = start;

    /**
     * @param subject the pod, as messages call it
     * @param timeout how long it may take until the pod runs
     */
    PreparationCheck(PodApi api, String pod, String subject, Duration timeout) {
        this.api = api;
        this.pod = pod;
        this.subject = subject;
        this.timeout = timeout;
    }

    /**
     * Called again and again as long as the pod does not run.
     *
     * @throws EngineException if its node cannot prepare it, or if it takes too long
     */
    void requireProgress() throws EngineException {
        long now = System.nanoTime();
        if (now - start > timeout.toNanos()) {
            throw notStarted(timeout, PodEvents.warnings(events()));
        }
        if (now - start > PATIENCE.toNanos() && now - last > INTERVAL.toNanos()) {
            last = now;
            Optional<String> obstacle = PodEvents.obstacle(events());
            if (obstacle.isPresent()) {
                throw notStarted(PATIENCE, List.of(obstacle.get()));
            }
        }
    }

    private EngineException notStarted(Duration within, List<String> events) {
        return new EngineException(
                Fault.ENGINE,
                subject + " has not started within " + Units.describe(within)
                        + (events.isEmpty() ? "" : ". The cluster reports: " + String.join("; ", events)),
                null);
    }

    private List<Event> events() {
        try {
            return api.events(pod);
        } catch (EngineException e) {
            LOG.debug("The events of pod {} are not known", pod, e);
            return List.of();
        }
    }
}
