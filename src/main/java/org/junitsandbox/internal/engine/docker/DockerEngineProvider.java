package org.junitsandbox.internal.engine.docker;

import java.nio.file.Path;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineProvider;

/** The engine that {@link EngineSearch} finds. */
public final class DockerEngineProvider implements EngineProvider {

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public ContainerEngine engine(Map<String, String> settings) throws EngineException {
        return Found.RESULT.get();
    }

    /** Looked for once in a process. */
    private static final class Found {
        static final Result RESULT = find();
    }

    /** An engine, or the reason why it cannot be used. */
    private interface Result {
        ContainerEngine get() throws EngineException;
    }

    private static Result find() {
        try {
            EngineSettings settings = new EngineSettings(System.getenv(), Path.of(System.getProperty("user.home")));
            ContainerEngine engine = EngineSearch.engine(settings, System.getProperty("os.name"));
            return () -> engine;
        } catch (UnreachableException e) {
            String message = "No container engine answers. " + e.getMessage() + ".\n" + e.remedy()
                    + "\nThe engine is looked for once in a JVM.";
            return () -> {
                throw new EngineException(Fault.UNAVAILABLE, message, e.getCause());
            };
        }
    }
}
