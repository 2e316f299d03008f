package org.junitsandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** What the engine noted about the containers of this JVM. It remembers the last 256 events, a container has about six. */
final class EngineEvents {

    private EngineEvents() {}

    /** Returns the containers that were made while something ran. */
    static List<String> createdBy(Runnable something) {
        Instant start = Instant.now();
        something.run();
        Instant end = Instant.now();
        Queue<String> created = new ConcurrentLinkedQueue<>();
        DockerClient client =
                DockerClientProviderStrategy.getClientForConfig(DockerClientFactory.instance().getTransportConfig());
        try (client) {
            client.eventsCmd()
                    .withSince(timestamp(start))
                    .withUntil(timestamp(end))
                    // Of this JVM: others may use the engine, too.
                    .withLabelFilter(
                            DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL + "=" + DockerClientFactory.SESSION_ID)
                    .withEventFilter("create")
                    .exec(new ResultCallback.Adapter<Event>() {
                        @Override
                        public void onNext(Event event) {
                            created.add(event.getId());
                        }
                    })
                    .awaitCompletion();
            return List.copyOf(created);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String timestamp(Instant time) {
        return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
    }
}
