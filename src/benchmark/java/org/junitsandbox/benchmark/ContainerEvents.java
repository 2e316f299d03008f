package org.junitsandbox.benchmark;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts by the engine's own events how many sandboxes are alive, which no polling would do exactly. */
final class ContainerEvents implements AutoCloseable {

    private record Count(int alive, int most) {

        private static final Count NONE = new Count(0, 0);

        Count plus(int change) {
            return new Count(alive + change, Math.max(most, alive + change));
        }
    }

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final ResultCallback.Adapter<Event> events;

    ContainerEvents(Engine engine) throws InterruptedException {
        events = engine.client()
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter("create", "destroy")
                .withLabelFilter(SandboxContainers.SESSION_LABEL)
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Event event) {
                        String session = event.getActor().getAttributes().get(SandboxContainers.SESSION_LABEL);
                        int change = "create".equals(event.getAction()) ? 1 : -1;
                        counts.merge(session, Count.NONE.plus(change), (count, one) -> count.plus(change));
                    }
                });
        events.awaitStarted();
    }

    /** The most containers of one JVM that were alive at one time since this was made. */
    int most(SandboxContainers containers) {
        return counts.getOrDefault(containers.session(), Count.NONE).most();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
