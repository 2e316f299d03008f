package org.junitsandbox.benchmark;

import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;

/** The containers of one JVM's sandboxes, as the engine knows them. Other JVMs may have theirs at the same time. */
final class SandboxContainers {

    /** Carries a value that each JVM has its own of. */
    static final String SESSION_LABEL = "org.junit-sandbox.session";

    private final Engine engine;
    private final String session;

    private SandboxContainers(Engine engine, String session) {
        this.engine = engine;
        this.session = session;
    }

    /**
     * Finds those of the JVM to which a sandbox belongs.
     *
     * @param hostName the sandbox's: the start of its container's id
     */
    static SandboxContainers ofJvmWith(Engine engine, String hostName) {
        Map<String, String> labels =
                engine.client().inspectContainerCmd(hostName).exec().getConfig().getLabels();
        if (labels == null || !labels.containsKey(SESSION_LABEL)) {
            throw new IllegalStateException(
                    "Container " + hostName + " has no label " + SESSION_LABEL + " but " + labels);
        }
        return new SandboxContainers(engine, labels.get(SESSION_LABEL));
    }

    String session() {
        return session;
    }

    /** How many there are, running or not. */
    int count() {
        List<Container> containers = engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(SESSION_LABEL, session))
                .exec();
        return containers.size();
    }
}
