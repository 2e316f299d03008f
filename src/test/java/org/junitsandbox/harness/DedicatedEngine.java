package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.docker.OtherEngine;

/**
 * An engine that only one suite uses, so that the suite may stop, kill, freeze and fill it. The system property
 * {@code sandbox.test.engine} selects its kind, one that {@code engines.sh} knows. Used as a
 * {@code @RegisterExtension}.
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
    private boolean startAttempted;
    private String description = KIND + ", not started";

    /** @param name distinguishes it from the engines of other suites */
    public DedicatedEngine(String name) {
        this(name, Map.of());
    }

    /**
     * @param name distinguishes it from the engines of other suites
     * @param environment further environment variables for the script
     */
    public DedicatedEngine(String name, Map<String, String> environment) {
        this.instance = KIND + "-" + name;
        this.environment = environment;
    }

    /** Starts the engine. Skips the whole suite where it cannot be started. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root can start an engine in namespaces of its own");
        assumeFalse(KIND.equals(BEHIND_TLS), "faults are injected into plain-text traffic; TLS hides it");
        Cluster.assumeNotUsed("a cluster has a suite of its own about parts that fail, KubernetesFaultIT");
        startAttempted = true;
        // A build that was killed may have left one, frozen or full.
        script(Map.of(), "down", instance);
        URI started = address(script(environment, "up", KIND, instance));
        address = started;
        client = OtherEngine.client(started);
        description = SuiteTable.engine(client);
    }

    /** Stops the engine and deletes all its data, also after a failed start. */
    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (client != null) {
            client.close();
        }
        if (startAttempted) {
            script(Map.of(), "down", instance);
        }
    }

    /** Returns the engine's product and version; the kind if it was not started. */
    String description() {
        return description;
    }

    private static URI address(String output) {
        return output.lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> URI.create(line.substring(ADDRESS.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("engines.sh printed no line " + ADDRESS + "…: " + output));
    }

    public URI address() {
        return Objects.requireNonNull(address);
    }

    /** Returns a client that bypasses the library. */
    public DockerClient client() {
        return Objects.requireNonNull(client);
    }

    /** Returns the library's connection to the engine; a call may take {@code callLimit}. */
    public ContainerEngine connect(Duration callLimit) throws EngineException {
        return OtherEngine.connect(address(), callLimit);
    }

    public LoopbackProxy proxy() throws IOException {
        return new LoopbackProxy(address().getPath());
    }

    /** Returns the containers that this JVM has created, running or not. */
    public List<Container> containers() {
        return client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(OtherEngine.OF_THIS_JVM)
                .exec();
    }

    /** Returns the ids of the containers that any JVM has created, running or not. */
    public List<String> allContainers() {
        return client().listContainersCmd().withShowAll(true).exec().stream()
                .map(Container::getId)
                .toList();
    }

    /** Sends TERM or KILL to the engine's processes and waits until they have ended. */
    public void stop(String signal) throws IOException {
        script(Map.of(), "stop", instance, signal);
    }

    /** Starts the engine again after {@link #stop}, with the same data. */
    public void start() throws IOException {
        script(Map.of(), "start", instance);
    }

    /** Suspends the engine's processes. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Resumes the engine's processes after {@link #freeze}. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Brings the engine back to work, whatever a test that failed has left. */
    public void restore() throws IOException {
        thaw();
        start();
    }

    /** Sends CONT to the parents as well: a parent may have been stopped because its child was. */
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
        if (pids.isEmpty()) {
            return;
        }
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> line.add(String.valueOf(pid)));
        MachineProgram.succeed(Map.of(), line, SCRIPT_LIMIT);
    }

    private static String script(Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
        line.addAll(List.of(arguments));
        return MachineProgram.succeed(environment, line, SCRIPT_LIMIT);
    }
}
