package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import java.time.Duration;
import org.junitsandbox.internal.engine.AttachedContainer.State;
import org.junitsandbox.internal.engine.EngineException;

/** Finds out whether containers have ended. Safe for use by several threads. */
final class ContainerProbe {

    /** After that, the engine has to show that it is still there. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** A container whose connection breaks ends by itself; Podman, with nothing else to do, takes half a second. */
    private static final Duration SECOND_WAIT = Duration.ofSeconds(4);

    private static final Duration PING_TIMEOUT = Duration.ofMillis(500);

    private final DockerClient client;

    ContainerProbe(DockerClient client) {
        this.client = client;
    }

    State state(String container) {
        State first = stateAfter(FIRST_WAIT, container);
        return first == State.RUNNING ? stateAfter(SECOND_WAIT, container) : first;
    }

    private State stateAfter(Duration wait, String container) {
        try {
            // Waits rather than looks: a container's streams end a little before the engine takes note of its end.
            BoundedCall.of("report whether container " + container + " has ended", wait, () -> {
                try (ContainerExit exit = client.waitContainerCmd(container).exec(new ContainerExit())) {
                    // Whatever went wrong with it, as Podman reports of one that was removed: it has ended.
                    exit.await();
                    return true;
                }
            });
            return State.ENDED;
        } catch (EngineException e) {
            if (ContainerExit.isGone(e)) {
                return State.ENDED;
            }
            return isReachable() ? State.RUNNING : State.ENGINE_UNREACHABLE;
        }
    }

    private boolean isReachable() {
        try {
            BoundedCall.of("answer", PING_TIMEOUT, () -> client.pingCmd().exec());
            return true;
        } catch (EngineException e) {
            return false;
        }
    }
}
