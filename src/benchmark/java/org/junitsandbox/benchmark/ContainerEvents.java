package org.junitsandbox.benchmark;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts live sandboxes by the engine's events, which is exact, unlike polling. */
final class ContainerEvents implements AutoCloseable {

    private record Count(int alive, int max, int made) {

        private static final Count NONE = new Count(0, 0, 0);

        Count plus(int change) {
            return new Count(alive + change, Math.max(max, alive + change), made + Math.max(change, 0));
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

    /** Returns the highest number of live containers of one JVM at any one time since this object was created. */
    int max(SandboxContainers containers) {
        return counts.getOrDefault(containers.session(), Count.NONE).max();
    }

    /** Returns how many containers of one JVM were made since this object was created. */
    int made(SandboxContainers containers) {
        return counts.getOrDefault(containers.session(), Count.NONE).made();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
