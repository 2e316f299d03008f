package org.junitsandbox;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junitsandbox.harness.Eventually;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The engine's events about containers of this JVM. They are received while an action runs, not asked for afterwards:
 * an engine keeps the last 256 events, and another build may use it at the same time.
 */
final class EngineEvents {

    private static final Map<String, String> OF_THIS_JVM =
            Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private EngineEvents() {}

    /** Returns the ids of the containers that were created during an action. */
    static List<String> createdBy(Runnable action) {
        Queue<String> created = new ConcurrentLinkedQueue<>();
        try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(
                        DockerClientFactory.instance().getTransportConfig());
                ResultCallback.Adapter<Event> events = listen(client, created)) {
            events.awaitStarted();
            action.run();
            // Events come in order: once that of another container has come, all earlier ones have.
            String last = createContainer(client);
            awaitEvent(last, created);
            return created.stream().filter(id -> !id.equals(last)).toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResultCallback.Adapter<Event> listen(DockerClient client, Queue<String> created) {
        Instant now = Instant.now();
        return client.eventsCmd()
                .withSince(String.format("%d.%09d", now.getEpochSecond(), now.getNano()))
                .withLabelFilter(OF_THIS_JVM)
                .withEventFilter("create")
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        created.add(event.getId());
                    }
                });
    }

    private static String createContainer(DockerClient client) {
        String container = client.createContainerCmd("busybox:latest")
                .withCmd("true")
                .withLabels(OF_THIS_JVM)
                .exec()
                .getId();
        client.removeContainerCmd(container).exec();
        return container;
    }

    private static void awaitEvent(String container, Queue<String> created) {
        try {
            Eventually.await(
                    "the event of container " + container, LIMIT, () -> created, all -> all.contains(container));
        } catch (AssertionError e) {
            assumeThat(created).as("the engine's events about the containers that it creates").isNotEmpty();
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
