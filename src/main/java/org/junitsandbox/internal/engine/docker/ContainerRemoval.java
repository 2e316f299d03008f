package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.WaitContainerCondition;
import java.io.IOException;
import java.time.Duration;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;

/** The removal of one container by Docker's API. */
final class ContainerRemoval implements ContainerRemover.Removal {

    private final DockerClient client;
    private final Duration callTimeout;

    ContainerRemoval(DockerClient client, Duration callTimeout) {
        this.client = client;
        this.callTimeout = callTimeout;
    }

    static ContainerRemover remover(DockerClient client, Duration callTimeout) {
        return new ContainerRemover(
                new ContainerRemoval(client, callTimeout),
                "container",
                "a container that never ran stays until you remove it",
                "docker rm --force");
    }

    @Override
    public void remove(String container) throws EngineException {
        try {
            BoundedCall.of("remove container " + container, callTimeout, () -> removeOrAwait(container));
        } catch (EngineException e) {
            if (!ContainerExit.isGone(e)) {
                throw e;
            }
        }
    }

    private boolean removeOrAwait(String container) throws Exception {
        try {
            client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
            return true;
        } catch (ConflictException e) {
            // It is being removed already, usually because it has ended: it is gone a moment later.
            try (ContainerExit removal = client.waitContainerCmd(container)
                    .withCondition(WaitContainerCondition.REMOVED)
                    .exec(new ContainerExit())) {
                Object failure = removal.await();
                if (failure != null) {
                    throw new IOException("the engine reports: " + failure);
                }
                return true;
            }
        }
    }
}
