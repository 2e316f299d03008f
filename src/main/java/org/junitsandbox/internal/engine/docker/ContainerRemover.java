package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
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
 * Removes containers, and keeps in mind those that could not be removed. In every method, {@code container} is an id or
 * a name; it may be about to remove itself, or may not be there.
 */
final class ContainerRemover {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRemover.class);

    private final DockerClient client;
    private final Duration callLimit;

    /** What could not be removed, mostly as the engine was away. */
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

    /** A removal that nobody waits for as yet. */
    private record Attempt(String container, CompletableFuture<Void> end) {}

    ContainerRemover(DockerClient client, Duration callLimit) {
        this.client = client;
        this.callLimit = callLimit;
    }

    /** Removes a container and returns when that is done or has failed. */
    void now(String container) {
        try {
            BoundedCall.of("remove container " + container, callLimit, () -> remove(container));
        } catch (EngineException e) {
            if (!saysThatItIsGone(e)) {
                leftBehind.add(container);
                LOG.warn(
                        "{}; if it runs, it removes itself as soon as the engine sees that its stdin is closed; with the next start,"
                                + " and when a shell or a pool is closed, its removal is tried again",
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
            // It is being removed already, as a rule because it has ended: it is gone a moment later.
            try (ContainerExit removal = client.waitContainerCmd(container)
                    .withCondition(WaitContainerCondition.REMOVED)
                    .exec(new ContainerExit())) {
                Object failure = removal.await();
                if (failure != null) {
                    throw new IOException("the engine says: " + failure);
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
            // At no time in neither of the two, so that who asks what is left is told of it.
            Attempt attempt = announce(container);
            if (leftBehind.remove(container)) {
                begin(attempt);
            } else {
                end(attempt);
            }
        }
    }

    /**
     * Does so, too, waits for all removals that are under way, and names what is left. An interrupt ends the wait and
     * stays set.
     */
    void finish(Duration limit) {
        retry();
        try {
            CompletableFuture.allOf(underWay.stream().map(Attempt::end).toArray(CompletableFuture[]::new))
                    .get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Some removals are still under way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A removal does not fail, it leaves something behind", e);
        }
        Set<String> left = new TreeSet<>();
        underWay.forEach(attempt -> left.add(attempt.container()));
        left.addAll(leftBehind);
        if (!left.isEmpty()) {
            LOG.warn(
                    "Not removed: container {}. Unless this JVM can do it later, a container that never ran stays until somebody"
                            + " removes it: docker rm --force {}",
                    String.join(", ", left),
                    String.join(" ", left));
        }
    }

    /** Podman says it with the status of a fault of its own if it happens during the call. */
    static boolean saysThatItIsGone(EngineException e) {
        return e.getCause() instanceof NotFoundException
                || (e.getCause() instanceof InternalServerErrorException
                        && String.valueOf(e.getMessage()).contains("no such container"));
    }
}
