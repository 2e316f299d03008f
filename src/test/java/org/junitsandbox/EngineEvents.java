package org.junitsandbox;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The engine's events about containers of this JVM. An engine keeps the last 256 events; a container causes about six.
 */
final class EngineEvents {

    private static final Map.Entry<String, String> OF_THIS_JVM =
            Map.entry(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);

    private EngineEvents() {}

    /** Returns the ids of the containers that were created during an action. */
    static List<String> createdBy(Runnable action) {
        Instant start = Instant.now();
        action.run();
        Instant end = Instant.now();
        DockerClient client =
                DockerClientProviderStrategy.getClientForConfig(DockerClientFactory.instance().getTransportConfig());
        try (client) {
            List<String> created = created(client, start, end);
            if (created.isEmpty()) {
                assumeThatTheEngineRecordsCreations(client);
            }
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns only containers of this JVM, as others may use the engine as well. */
    private static List<String> created(DockerClient client, Instant start, Instant end) {
        Queue<String> created = new ConcurrentLinkedQueue<>();
        try {
            client.eventsCmd()
                    .withSince(timestamp(start))
                    .withUntil(timestamp(end))
                    .withLabelFilter(OF_THIS_JVM.getKey() + "=" + OF_THIS_JVM.getValue())
                    .withEventFilter("create")
                    .exec(new ResultCallback.Adapter<Event>() {
                        @Override
                        public void onNext(Event event) {
                            created.add(event.getId());
                        }
                    })
                    .awaitCompletion();
            return List.copyOf(created);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assumeThatTheEngineRecordsCreations(DockerClient client) {
        Instant start = Instant.now();
        String container = client.createContainerCmd("busybox:latest")
                .withLabels(Map.ofEntries(OF_THIS_JVM))
                .exec()
                .getId();
        client.removeContainerCmd(container).exec();
        assumeFalse(
                created(client, start, Instant.now()).isEmpty(),
                "the engine has no events about the containers that it creates");
    }

    private static String timestamp(Instant time) {
        return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
    }
}
