package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.RuntimeInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.MissingProgram;

/** Explains why a container did not start, where the engine's own message does not show what to do. */
final class StartFailure {

    private static final Duration INFO_TIMEOUT = Duration.ofSeconds(5);

    private final DockerClient client;
    private final String engine;

    /**
     * @param engine names the engine in messages
     */
    StartFailure(DockerClient client, String engine) {
        this.client = client;
        this.engine = engine;
    }

    /** Returns the exception to throw for {@code failure}. */
    EngineException explained(EngineException failure, ContainerConfig config) {
        String message = String.valueOf(failure.getMessage());
        if (failure.getCause() instanceof NotFoundException
                && message.toLowerCase(Locale.ROOT).contains("no such image")) {
            return new EngineException(Fault.IMAGE_GONE, message, failure.getCause());
        }
        Optional<EngineException> missing =
                MissingProgram.of(message, config.command().get(0), failure);
        if (missing.isPresent()) {
            return missing.get();
        }
        return config.runtime() == null ? failure : explainedByRuntime(failure, config.runtime());
    }

    /** Each engine has its own message for a runtime that it does not have, so that only its list is reliable. */
    private EngineException explainedByRuntime(EngineException failure, String runtime) {
        Info info;
        try {
            info = BoundedCall.of("list its OCI runtimes", INFO_TIMEOUT, () -> client.infoCmd().exec());
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
                        + ". Register it with the engine (for Docker: \"runtimes\" in daemon.json, then restart it), or"
                        + " set `runtime` to one of these, or remove the setting for the engine's default.",
                failure);
    }
}
