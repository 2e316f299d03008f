package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** The engine of this machine. */
class DockerEngineProviderIT {

    @Test
    void findsTheEngineWithItsVersionItsRuntimeAndItsCpus() throws EngineException, IOException {
        TransportConfig transport = DockerClientFactory.instance().getTransportConfig();
        try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(transport)) {
            Info info = client.infoCmd().exec();

            ContainerEngine engine = TestEngine.engine();

            assertThat(engine.cpus()).isEqualTo(info.getNCPU()).isPositive();
            assertThat(engine.description())
                    .isEqualTo("engine " + info.getServerVersion() + " at " + transport.getDockerHost()
                            + " (default runtime " + info.getRawValues().get("DefaultRuntime") + ")");
        }
    }
}
