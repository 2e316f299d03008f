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
 * What the engine noted about the containers of this JVM. It remembers the last 256 events, a container has about six.
 */
final class EngineEvents {

    private static final Map.Entry<String, String> OF_THIS_JVM =
            Map.entry(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);

    private EngineEvents() {}

    /** Returns the containers that were made while something ran. */
    static List<String> createdBy(Runnable something) {
        Instant start = Instant.now();
        something.run();
        Instant end = Instant.now();
        DockerClient client =
                DockerClientProviderStrategy.getClientForConfig(DockerClientFactory.instance().getTransportConfig());
        try (client) {
            List<String> created = created(client, start, end);
            if (created.isEmpty()) {
                assumeThatItNotesWhatIsCreated(client);
            }
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of this JVM: others may use the engine, too. */
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

    private static void assumeThatItNotesWhatIsCreated(DockerClient client) {
        Instant start = Instant.now();
        String container = client.createContainerCmd("busybox:latest")
                .withLabels(Map.ofEntries(OF_THIS_JVM))
                .exec()
                .getId();
        client.removeContainerCmd(container).exec();
        assumeFalse(
                created(client, start, Instant.now()).isEmpty(),
                "the engine keeps no account of the containers it creates");
    }

    private static String timestamp(Instant time) {
        return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
    }
}
