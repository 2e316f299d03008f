package org.junitsandbox.shell.faults;

import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.DockerView;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;

/** Finds what a fault has leaked: containers, threads of the library, attached connections to an engine. */
final class LeakCheck {

    /** How long the library's idle threads last, and plenty of time to end. */
    private static final Duration THREADS_LIMIT = Duration.ofSeconds(20);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final DedicatedEngine engine;
    private final Duration limit;
    private final Map<String, String> containers;
    private final long streams;

    /**
     * Records the containers and connections that exist now.
     *
     * @param callTimeout how long one call to the engine may take. The library undoes in the background what a call did
     *     that ended late: for the call and for the removal, that is two of them.
     */
    LeakCheck(DedicatedEngine engine, Duration callTimeout) throws IOException {
        this.engine = engine;
        this.limit = callTimeout.multipliedBy(2);
        this.containers = containers();
        this.streams = streams();
    }

    /** Waits until there are no more containers and connections than were recorded. */
    void assertNone() throws Exception {
        Eventually.await(
                "no container is left but " + containers,
                limit,
                this::containers,
                left -> containers.keySet().containsAll(left.keySet()));
        Eventually.await(
                "no more attached streams than " + streams, limit, LeakCheck::streams, left -> left <= streams);
    }

    /** Waits until the library has no thread: it has none while no shell or pool has work. */
    static void assertNoThreads() throws Exception {
        Eventually.await("no thread is left", THREADS_LIMIT, LeakCheck::threads, List::isEmpty);
    }

    /**
     * Returns the containers that really exist, by id, with what the engine lists of each and the state that it reports
     * when asked for it. Docker may keep listing one as dead that it removed while it recovered from a SIGKILL, and
     * whose id it does not know in any other request.
     */
    private Map<String, String> containers() {
        Map<String, String> found = new TreeMap<>();
        for (Container container : engine.containers()) {
            String state = DockerView.state(engine.client(), container.getId());
            if (!state.equals(EngineExec.GONE)) {
                found.put(
                        container.getId(),
                        String.join(" ", container.getNames()) + ", " + container.getStatus() + ", " + state);
            }
        }
        return found;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sandbox-"))
                .toList();
    }

    /** Counts the selectors of this process: every attached stream has one. */
    private static long streams() throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            links = all.toList();
        }
        List<String> targets = new ArrayList<>();
        for (Path link : links) {
            try {
                targets.add(Files.readSymbolicLink(link).toString());
            } catch (IOException e) {
                // The descriptor was closed meanwhile.
            }
        }
        return targets.stream().filter(target -> target.contains("eventpoll")).count();
    }
}
