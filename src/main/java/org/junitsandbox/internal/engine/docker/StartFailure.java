package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.RuntimeInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineException;

/** Finds out why a container did not start, where the engine's own words do not tell what to do. */
final class StartFailure {

    private static final Duration INFO_LIMIT = Duration.ofSeconds(5);

    private final DockerClient client;
    private final String engine;

    /**
     * @param engine names the engine in messages
     */
    StartFailure(DockerClient client, String engine) {
        this.client = client;
        this.engine = engine;
    }

    /** Returns what is to be thrown for {@code failure}. */
    EngineException explained(EngineException failure, ContainerConfig config) {
        String message = String.valueOf(failure.getMessage());
        String program = config.command().get(0);
        if (saysThatProgramIsMissing(message, program)) {
            return new EngineException(
                    Fault.IMAGE,
                    "The image has no " + program + ", which a sandbox needs. The engine said: " + message,
                    failure);
        }
        return config.runtime() == null ? failure : explainedByRuntime(failure, config.runtime());
    }

    private static boolean saysThatProgramIsMissing(String message, String program) {
        String lower = message.toLowerCase(Locale.ROOT);
        return message.contains(program) && (lower.contains("no such file") || lower.contains("not found"));
    }

    /** Each engine says in words of its own that it has no such runtime, so that only its list can tell. */
    private EngineException explainedByRuntime(EngineException failure, String runtime) {
        Info info;
        try {
            info = BoundedCall.of("list its OCI runtimes", INFO_LIMIT, () -> client.infoCmd().exec());
        } catch (EngineException e) {
            failure.addSuppressed(e);
            return failure;
        }
        Map<String, RuntimeInfo> runtimes = info.getRuntimes();
        if (runtimes == null || runtimes.containsKey(runtime)) {
            return failure;
        }
        return new EngineException(
                Fault.ENGINE,
                "No OCI runtime \"" + runtime + "\" on " + engine + ". It has "
                        + String.join(", ", new TreeSet<>(runtimes.keySet()))
                        + ". Make it known to the engine (for Docker: \"runtimes\" in daemon.json, then restart it), or choose"
                        + " another runtime, or none for the default.",
                failure);
    }
}
