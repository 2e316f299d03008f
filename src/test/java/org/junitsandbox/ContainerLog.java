package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junitsandbox.shell.Shell;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Records which containers the fixtures of a test were given, each under a name that the fixture chooses. */
final class ContainerLog {

    private static final Map<String, Queue<String>> CONTAINERS = new ConcurrentHashMap<>();

    /** Each sandbox has a container of its own then, by which it is known here. */
    private static final Map<String, String> RECYCLE_NOTHING = Map.of(SandboxParameters.RECYCLE, "false");

    private ContainerLog() {}

    /** Records a shell's container under a name; fails if the shell does not work. */
    static void record(String name, Shell shell) {
        CONTAINERS.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(idOf(shell));
    }

    /** Returns the short id of a shell's container, which is its host name. */
    static String idOf(Shell shell) {
        return shell.run("hostname").stdout().strip();
    }

    /** Returns the ids of the containers recorded under a name, in order. */
    static List<String> all(String name) {
        return List.copyOf(CONTAINERS.getOrDefault(name, new ConcurrentLinkedQueue<>()));
    }

    /** Returns the only container recorded under a name, once or repeatedly. */
    static String one(String name) {
        List<String> ids = all(name).stream().distinct().toList();
        assertThat(ids).as("containers of %s", name).hasSize(1);
        return ids.get(0);
    }

    /**
     * Runs fixtures, checks that {@code tests} tests succeeded and none failed, and that no recorded container remains.
     */
    static void run(int tests, Class<?>... types) {
        run(Map.of(), tests, types);
    }

    static void run(Map<String, String> parameters, int tests, Class<?>... types) {
        CONTAINERS.clear();
        Map<String, String> all = new HashMap<>(RECYCLE_NOTHING);
        all.putAll(parameters);
        EngineExecutionResults results = Fixtures.run(all, types);
        assertThat(Fixtures.failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        assertNoneRemains();
    }

    /** Runs a fixture in which something fails, checks that no recorded container remains, and returns the messages. */
    static List<String> failures(Class<?> type) {
        CONTAINERS.clear();
        List<String> failures = Fixtures.failures(Fixtures.run(type));
        assertNoneRemains();
        return failures;
    }

    private static void assertNoneRemains() {
        List<String> recorded = CONTAINERS.values().stream().flatMap(Queue::stream).distinct().toList();
        assertThat(recorded).as("recorded containers").isNotEmpty().allMatch(id -> id.matches("[0-9a-f]{12}"));
        DockerClient client =
                DockerClientProviderStrategy.getClientForConfig(DockerClientFactory.instance().getTransportConfig());
        try (client) {
            assertThat(existing(client)).doesNotContainAnyElementsOf(recorded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> existing(DockerClient client) {
        return client.listContainersCmd().withShowAll(true).withLabelFilter(List.of("org.junit-sandbox")).exec()
                .stream()
                .map(Container::getId)
                .map(id -> id.substring(0, 12))
                .toList();
    }
}
