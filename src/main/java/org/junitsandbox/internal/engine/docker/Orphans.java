package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that were created but never started, because their JVM was killed in between. All others end by themselves
 * with their JVM.
 */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /** Far longer than a JVM that lives takes from creating a container to starting it, or to giving it up. */
    private static final Duration LONGEST_START = Duration.ofMinutes(15);

    private final DockerClient client;

    /** How much the engine's clock is ahead of this JVM's; empty if the engine does not tell its time. */
    private final Optional<Duration> ahead;

    private final AtomicBoolean searched = new AtomicBoolean();

    /**
     * @param time the engine's time; null if it does not report it
     */
    Orphans(DockerClient client, @Nullable String time) {
        this.client = client;
        this.ahead = ahead(time);
    }

    private static Optional<Duration> ahead(@Nullable String time) {
        try {
            return time == null
                    ? Optional.empty()
                    : Optional.of(Duration.between(Instant.now(), OffsetDateTime.parse(time).toInstant()));
        } catch (DateTimeException e) {
            LOG.debug("The engine has a time of its own format", e);
            return Optional.empty();
        }
    }

    /** Removes them while the caller goes on, at the first call. */
    void removeOnce() {
        if (searched.compareAndSet(false, true)) {
            BoundedCall.beside(this::remove);
        }
    }

    private void remove() {
        try {
            BoundedCall.of("list containers", CALL_TIMEOUT, () -> client.listContainersCmd()
                            .withShowAll(true)
                            .withStatusFilter(List.of("created"))
                            .withLabelFilter(Labels.OF_IMAGES)
                            .exec())
                    .stream()
                    .filter(this::isOrphan)
                    .forEach(this::remove);
        } catch (EngineException e) {
            LOG.debug("Containers of earlier runs that were never started are not looked for", e);
        }
    }

    private boolean isOrphan(Container container) {
        Map<String, String> labels = container.getLabels();
        if (ProcessIdentity.hasEnded(String.valueOf(labels.get(OwnLabels.PROCESS)))) {
            return true;
        }
        Instant created = Instant.ofEpochSecond(container.getCreated());
        return ahead.isPresent()
                && created.plus(LONGEST_START).isBefore(Instant.now().plus(ahead.get()));
    }

    private void remove(Container container) {
        String id = container.getId();
        try {
            BoundedCall.of("remove container " + id, CALL_TIMEOUT, () -> {
                try {
                    // Not by force: the engine refuses if it runs, whatever was thought of it.
                    return client.removeContainerCmd(id).withRemoveVolumes(true).exec();
                } catch (NotFoundException | ConflictException e) {
                    LOG.debug("Container {} was no orphan", id, e);
                    return null;
                }
            });
            LOG.debug("Container {} of an earlier run, which was never started, is removed", id);
        } catch (EngineException e) {
            LOG.debug("Container {} of an earlier run, which was never started, could not be removed", id, e);
        }
    }
}
