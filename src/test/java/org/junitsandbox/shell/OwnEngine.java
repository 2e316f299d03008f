package org.junitsandbox.shell;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OtherEngine;

/**
 * An engine that a test may stop, kill, freeze and fill: nobody else uses it. Its kind is the system property
 * {@code sandbox.test.engine}, a kind that {@code engines.sh} knows.
 */
final class OwnEngine implements AutoCloseable {

    static final String NEEDS_ROOT = "faults of an engine, as only root can start one in namespaces of its own";

    /** The name of {@link #canBe} for JUnit. */
    static final String CAN_BE = "org.junitsandbox.shell.OwnEngine#canBe";

    private static final String KIND = System.getProperty("sandbox.test.engine", "docker-20");

    private static final Path SCRIPT = Path.of("src", "test", "engine", "engines.sh");

    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(5);

    private static final String ADDRESS = "DOCKER_HOST=";

    private final String instance;
    private final URI address;
    private final DockerClient client;

    private OwnEngine(String instance, URI address) {
        this.instance = instance;
        this.address = address;
        this.client = OtherEngine.client(address);
    }

    /** Whether there can be one: a condition for tests, which says so when it does not hold. */
    @SuppressWarnings("SystemOut")
    static boolean canBe() {
        boolean root = System.getProperty("user.name").equals("root");
        if (!root) {
            System.out.println("Skipped: " + NEEDS_ROOT);
        }
        return root;
    }

    /**
     * Starts one.
     *
     * @param name sets it apart from those of other tests
     * @param environment what to tell the script besides
     */
    static OwnEngine up(String name, Map<String, String> environment) throws IOException {
        String instance = KIND + "-" + name;
        return new OwnEngine(instance, address(script(environment, "up", KIND, instance)));
    }

    private static URI address(String output) {
        return output.lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> URI.create(line.substring(ADDRESS.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No engine: " + output));
    }

    URI address() {
        return address;
    }

    /** The engine seen past the library. */
    DockerClient client() {
        return client;
    }

    /** The engine as the library sees it; a call may take {@code callLimit}. */
    ContainerEngine connect(Duration callLimit) throws EngineException {
        return OtherEngine.connect(address, callLimit);
    }

    LoopbackProxy proxy() throws IOException {
        return new LoopbackProxy(address.getPath());
    }

    /** The containers that this JVM has made, running or not. */
    List<Container> containers() {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(OtherEngine.OF_THIS_JVM)
                .exec();
    }

    /** How many containers there are, of whatever JVM, running or not. */
    int allContainers() {
        return client.listContainersCmd().withShowAll(true).exec().size();
    }

    /** Ends its processes by a signal, TERM or KILL, and waits until they have ended. */
    void stop(String signal) throws IOException {
        script(Map.of(), "stop", instance, signal);
    }

    /** Starts it again after {@link #stop}, with what it had. */
    void start() throws IOException {
        script(Map.of(), "start", instance);
    }

    /** Has its processes stand still. */
    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    /** Also its processes' parents get it: a parent may stand still because its child does. */
    private void signal(String signal) throws IOException {
        Set<Long> pids = new LinkedHashSet<>();
        for (String pid : script(Map.of(), "pids", instance).lines().toList()) {
            pids.add(Long.valueOf(pid));
            if (signal.equals("CONT")) {
                ProcessHandle.of(Long.parseLong(pid)).flatMap(ProcessHandle::parent).map(ProcessHandle::pid).ifPresent(pids::add);
            }
        }
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> line.add(String.valueOf(pid)));
        run(Map.of(), line);
    }

    private static String script(Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
        line.addAll(List.of(arguments));
        return run(environment, line);
    }

    private static String run(Map<String, String> environment, List<String> line) throws IOException {
        // Not a pipe: what the script leaves running would keep it open.
        Path output = Files.createTempFile("engines", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectOutput(output.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(SCRIPT_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(
                        line + (ended ? " ended with " + process.exitValue() : " did not end within " + SCRIPT_LIMIT.toSeconds() + " s")
                                + ":\n" + Files.readString(output));
            }
            return Files.readString(output);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted in " + line, e);
        } finally {
            Files.delete(output);
        }
    }

    /** Ends it and deletes all it had. */
    @Override
    public void close() throws IOException {
        client.close();
        script(Map.of(), "down", instance);
    }
}
