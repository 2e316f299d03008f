package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** The engine of this machine seen past the library, and containers to start on it. */
final class TestEngine {

    static final DockerClient CLIENT = DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());

    private TestEngine() {}

    /** The same engine as the library sees it. */
    static ContainerEngine engine() throws EngineException {
        return new DockerEngineProvider().engine(Map.of());
    }

    /** A busybox without network that runs {@code script} in its shell. */
    static ContainerConfig config(String script) throws EngineException {
        return ContainerConfig.builder(
                        engine().images().orElseThrow().find("busybox:latest").orElseThrow(),
                        List.of("/bin/sh", "-c", script))
                .build();
    }

    /** The containers that this JVM has made, started or not. */
    static List<Container> containers() {
        return CLIENT.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(OwnLabels.SESSION, OwnLabels.SESSION_ID))
                .exec();
    }
}
