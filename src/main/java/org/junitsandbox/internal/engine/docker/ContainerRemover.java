package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.WaitContainerCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes containers, and remembers those that could not be removed. In every method, {@code container} is an id or a
 * name; the container may be about to remove itself, or may not exist. Safe for use by several threads.
 */
final class ContainerRemover {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRemover.class);

    private final DockerClient client;
    private final Duration callTimeout;

    /** The containers that could not be removed, mostly because the engine did not answer. */
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

    /** A removal that goes on in the background. */
    private record Attempt(String container, CompletableFuture<Void> end) {}

    ContainerRemover(DockerClient client, Duration callTimeout) {
        this.client = client;
        this.callTimeout = callTimeout;
    }

    /** Removes a container and returns when that is done or has failed. */
    void now(String container) {
        try {
            BoundedCall.of("remove container " + container, callTimeout, () -> remove(container));
        } catch (EngineException e) {
            if (!ContainerExit.isGone(e)) {
                leftBehind.add(container);
                LOG.warn(
                        "{}; if it runs, it removes itself as soon as the engine sees that its stdin is closed; its"
                                + " removal is tried again at the next start, and when a shell or a pool is closed",
                        e.getMessage());
                return;
            }
        }
        leftBehind.remove(container);
    }

    private boolean remove(String container) throws Exception {
        try {
            client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
            return true;
        } catch (ConflictException e) {
            // It is being removed already, usually because it has ended: it is gone a moment later.
            try (ContainerExit removal = client.waitContainerCmd(container)
                    .withCondition(WaitContainerCondition.REMOVED)
                    .exec(new ContainerExit())) {
                Object failure = removal.await();
                if (failure != null) {
                    throw new IOException("the engine reports: " + failure);
                }
                return true;
            }
        }
    }

    /** Removes a container while the caller goes on. */
    void beside(String container) {
        begin(announce(container));
    }

    private Attempt announce(String container) {
        Attempt attempt = new Attempt(container, new CompletableFuture<>());
        underWay.add(attempt);
        return attempt;
    }

    private void begin(Attempt attempt) {
        BoundedCall.beside(() -> {
            try {
                now(attempt.container());
            } finally {
                end(attempt);
            }
        });
    }

    private void end(Attempt attempt) {
        underWay.remove(attempt);
        attempt.end().complete(null);
    }

    /** Tries again to remove what was left behind, while the caller goes on. */
    void retry() {
        for (String container : List.copyOf(leftBehind)) {
            // Keeps it in at least one of the two sets, so that `finish` always reports it.
            Attempt attempt = announce(container);
            if (leftBehind.remove(container)) {
                begin(attempt);
            } else {
                end(attempt);
            }
        }
    }

    /**
     * Tries again to remove what was left behind, waits for all removals that are under way, and warns of what is left.
     * An interrupt ends the wait and stays set.
     */
    void finish(Duration timeout) {
        retry();
        try {
            CompletableFuture.allOf(underWay.stream().map(Attempt::end).toArray(CompletableFuture[]::new))
                    .get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Some removals are still under way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A removal never ends exceptionally", e);
        }
        Set<String> left = new TreeSet<>();
        underWay.forEach(attempt -> left.add(attempt.container()));
        left.addAll(leftBehind);
        if (!left.isEmpty()) {
            LOG.warn(
                    "Not removed: container {}. Unless this JVM can do it later, a container that never ran stays until"
                            + " you remove it: docker rm --force {}",
                    String.join(", ", left),
                    String.join(" ", left));
        }
    }
}
