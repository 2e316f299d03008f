package org.junitsandbox.benchmark;

import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;

/** The containers of one JVM's sandboxes in the engine, where other JVMs may have containers as well. */
final class SandboxContainers {

    /** Has a different value for each JVM. */
    static final String SESSION_LABEL = "org.junit-sandbox.session";

    private final Engine engine;
    private final String session;

    private SandboxContainers(Engine engine, String session) {
        this.engine = engine;
        this.session = session;
    }

    /**
     * Finds the containers of the JVM that a sandbox belongs to.
     *
     * @param hostName the sandbox's host name, which is the start of its container's id
     */
    static SandboxContainers ofJvmWith(Engine engine, String hostName) {
        Map<String, String> labels =
                engine.client().inspectContainerCmd(hostName).exec().getConfig().getLabels();
        if (labels == null || !labels.containsKey(SESSION_LABEL)) {
            throw new IllegalStateException(
                    "Container " + hostName + " has no label " + SESSION_LABEL + ", only " + labels);
        }
        return new SandboxContainers(engine, labels.get(SESSION_LABEL));
    }

    String session() {
        return session;
    }

    /** Returns the number of these containers, running or not. */
    int count() {
        List<Container> containers = engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(SESSION_LABEL, session))
                .exec();
        return containers.size();
    }
}
