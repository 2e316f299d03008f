package org.junitsandbox.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes containers, and remembers those that could not be removed. In every method, {@code container} is an id or a
 * name; the container may be about to remove itself, or may not exist. Safe for use by several threads.
 */
public final class ContainerRemover {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRemover.class);

    private final Removal removal;
    private final String noun;
    private final String consequence;
    private final String command;

    /** The containers that could not be removed, mostly because the engine did not answer. */
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

    /** Removes one container. */
    @FunctionalInterface
    public interface Removal {

        /** Returns when the container is gone, whoever has removed it; ends in time. */
        void remove(String container) throws EngineException;
    }

    /** A removal that goes on in the background. */
    private record Attempt(String container, CompletableFuture<Void> end) {}

    /**
     * @param removal the engine's call
     * @param noun what the engine calls a container, for messages
     * @param consequence what follows if one is never removed
     * @param command with which users remove one, without its name
     */
    public ContainerRemover(Removal removal, String noun, String consequence, String command) {
        this.removal = removal;
        this.noun = noun;
        this.consequence = consequence;
        this.command = command;
    }

    /** Removes a container and returns when that is done or has failed. */
    public void now(String container) {
        try {
            removal.remove(container);
        } catch (EngineException e) {
            leftBehind.add(container);
            LOG.warn(
                    "{}; if it runs, it ends by itself as soon as the engine sees that its stdin is closed; its removal"
                            + " is tried again at the next start, and when a shell or a pool is closed",
                    e.getMessage());
            return;
        }
        leftBehind.remove(container);
    }

    /** Removes a container while the caller goes on. */
    public void beside(String container) {
        begin(announce(container));
    }

    private Attempt announce(String container) {
        Attempt attempt = new Attempt(container, new CompletableFuture<>());
        underWay.add(attempt);
        return attempt;
    }

    private void begin(Attempt attempt) {
        EngineCalls.beside(() -> {
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
    public void retry() {
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
    public void finish(Duration timeout) {
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
                    "Not removed: {} {}. Unless this JVM can do it later, {}: {} {}",
                    noun,
                    String.join(", ", left),
                    consequence,
                    command,
                    String.join(" ", left));
        }
    }
}
