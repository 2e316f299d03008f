package org.junitsandbox.internal.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.PendingStarts;
import org.junitsandbox.internal.text.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, while a pod is waited for, whether it will not start. For one thread. */
final class StartCheck implements PodAttacher.StartWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    /** A node reports the state of a pod about once a second. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** What a node fails to prepare is shown by events only, and it tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PodApi api;
    private final String pod;
    private final Duration timeout;
    private final long start = System.nanoTime();
    private long last = start;
    private long lastEvents = start;
    private boolean isRunning;

    /**
     * @param timeout how long it may take until the pod runs
     */
    StartCheck(PodApi api, String pod, Duration timeout) {
        this.api = api;
        this.pod = pod;
        this.timeout = timeout;
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
        if (now - start > timeout.toNanos()) {
            throw new EngineException(
                    Fault.ENGINE,
                    "Pod " + pod + " has not started within " + Units.describe(timeout)
                            + report(PodEvents.warnings(events())),
                    null);
        }
        if (now - start > PATIENCE.toNanos() && now - lastEvents > PATIENCE.toNanos() / 4) {
            lastEvents = now;
            Optional<String> obstacle = PodEvents.obstacle(events());
            if (obstacle.isPresent()) {
                throw new EngineException(
                        Fault.ENGINE,
                        "Pod " + pod + " has not started within " + Units.describe(PATIENCE)
                                + report(List.of(obstacle.get())),
                        null);
            }
        }
        isRunning = PodProblem.runs(found.get());
        last = System.nanoTime();
        return isRunning;
    }

    private static String report(List<String> events) {
        return events.isEmpty() ? "" : ". The cluster reports: " + String.join("; ", events);
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
