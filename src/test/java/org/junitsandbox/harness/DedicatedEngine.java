package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.docker.OtherEngine;

/**
 * An engine that a suite may stop, kill, freeze and fill: nobody else uses it. Its kind is the system property
 * {@code sandbox.test.engine}, a kind that {@code engines.sh} knows. Used as a {@code @RegisterExtension}.
 */
public final class DedicatedEngine implements BeforeAllCallback, AfterAllCallback {

    private static final String BEHIND_TLS = "docker-tls";

    private static final String KIND = System.getProperty("sandbox.test.engine", "docker-20");

    private static final Path SCRIPT = Path.of("src", "test", "engine", "engines.sh");

    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(5);

    private static final String ADDRESS = "DOCKER_HOST=";

    private final String instance;
    private final Map<String, String> environment;
    private @Nullable URI address;
    private @Nullable DockerClient client;
    private boolean begun;
    private String description = KIND + ", not started";

    /** @param name sets it apart from those of other suites */
    public DedicatedEngine(String name) {
        this(name, Map.of());
    }

    /**
     * @param name sets it apart from those of other suites
     * @param environment what to tell the script besides
     */
    public DedicatedEngine(String name, Map<String, String> environment) {
        this.instance = KIND + "-" + name;
        this.environment = environment;
    }

    /** Starts it. The whole suite is skipped where there can be none. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can start an engine in namespaces of its own");
        assumeFalse(KIND.equals(BEHIND_TLS), "faults are put into what goes to and from the engine in plain text");
        begun = true;
        URI started = address(script(environment, "up", KIND, instance));
        address = started;
        client = OtherEngine.client(started);
        description = SuiteTable.engine(client);
    }

    /** Ends it and deletes all it had, also where it did not get ready. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (client != null) {
            client.close();
        }
        if (begun) {
            script(Map.of(), "down", instance);
        }
    }

    /** What it is, in a few words, also where it was not started. */
    String description() {
        return description;
    }

    private static URI address(String output) {
        return output.lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> URI.create(line.substring(ADDRESS.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No engine: " + output));
    }

    public URI address() {
        return Objects.requireNonNull(address);
    }

    /** The engine seen past the library. */
    public DockerClient client() {
        return Objects.requireNonNull(client);
    }

    /** The engine as the library sees it; a call may take {@code callLimit}. */
    public ContainerEngine connect(Duration callLimit) throws EngineException {
        return OtherEngine.connect(address(), callLimit);
    }

    public LoopbackProxy proxy() throws IOException {
        return new LoopbackProxy(address().getPath());
    }

    /** The containers that this JVM has made, running or not. */
    public List<Container> containers() {
        return client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(OtherEngine.OF_THIS_JVM)
                .exec();
    }

    /** How many containers there are, of whatever JVM, running or not. */
    public int allContainers() {
        return client().listContainersCmd().withShowAll(true).exec().size();
    }

    /** Ends its processes by a signal, TERM or KILL, and waits until they have ended. */
    public void stop(String signal) throws IOException {
        script(Map.of(), "stop", instance, signal);
    }

    /** Starts it again after {@link #stop}, with what it had. */
    public void start() throws IOException {
        script(Map.of(), "start", instance);
    }

    /** Has its processes stand still. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Also its processes' parents get it: a parent may stand still because its child does. */
    private void signal(String signal) throws IOException {
        Set<Long> pids = new LinkedHashSet<>();
        for (String pid : script(Map.of(), "pids", instance).lines().toList()) {
            pids.add(Long.valueOf(pid));
            if (signal.equals("CONT")) {
                ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(ProcessHandle::parent)
                        .map(ProcessHandle::pid)
                        .ifPresent(pids::add);
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
                throw new AssertionError(line
                        + (ended
                                ? " ended with " + process.exitValue()
                                : " did not end within " + SCRIPT_LIMIT.toSeconds() + " s")
                        + ":\n" + Files.readString(output));
            }
            return Files.readString(output);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted in " + line, e);
        } finally {
            Files.delete(output);
        }
    }
}
