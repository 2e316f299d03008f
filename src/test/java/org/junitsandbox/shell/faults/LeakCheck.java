package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;

/** Finds what a fault has leaked: containers, threads of the library, attached connections to an engine. */
final class LeakCheck {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final DedicatedEngine engine;
    private final List<String> containers;
    private final long streams;

    /** Records the containers and connections that exist now. */
    LeakCheck(DedicatedEngine engine) throws IOException {
        this.engine = engine;
        this.containers = containers(engine);
        this.streams = streams();
    }

    /** Waits until there are no more containers and connections than were recorded. */
    void assertNone() throws Exception {
        Eventually.await(
                "no container is left but " + containers, LIMIT, () -> containers.containsAll(containers(engine)));
        Eventually.await("no attached stream is left but " + streams, LIMIT, () -> streams() <= streams);
    }

    /** Waits until the library has no thread: it has none while no shell or pool has work. */
    static void assertNoThreads() throws Exception {
        try {
            Eventually.await("no thread is left", LIMIT, () -> threads().isEmpty());
        } catch (AssertionError e) {
            assertThat(threads()).as("threads left after %s", LIMIT).isEmpty();
        }
    }

    /**
     * Returns the containers that really exist. Docker may keep listing one as dead that it removed while it recovered
     * from a SIGKILL, and whose id it does not know in any other request.
     */
    private static List<String> containers(DedicatedEngine engine) {
        return engine.containers().stream()
                .map(Container::getId)
                .filter(id -> EngineExec.exists(engine.client(), id))
                .toList();
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
