package org.junitsandbox.internal.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.protocol.CapturedOutput;
import org.junitsandbox.internal.protocol.SupervisorClient;
import org.junitsandbox.internal.protocol.SupervisorException;

/**
 * A container whose shell has answered, and the conversation with it.
 *
 * @param container the container
 * @param conversation for one thread at a time
 */
public record ReadyContainer(AttachedContainer container, SupervisorClient conversation) {

    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** One that answers later than this is not worth the wait: a new one is as soon there. */
    private static final Duration ALIVE_LIMIT = Duration.ofSeconds(2);

    /**
     * Starts a container and waits until its shell answers. Nothing is left behind if that fails.
     *
     * @param home the directory in which its shell starts
     */
    public static ReadyContainer start(ContainerEngine engine, ContainerConfig config, String home)
            throws EngineException {
        AttachedContainer container = engine.start(config);
        SupervisorClient conversation = new SupervisorClient(container, home);
        try {
            conversation.open(READY_LIMIT);
            return new ReadyContainer(container, conversation);
        } catch (SupervisorException e) {
            container.close();
            String said = text(e.stdout()) + text(e.stderr());
            throw new EngineException(
                    EngineException.Fault.ENGINE,
                    "the container did not get ready: " + e.getMessage()
                            + (said.isBlank() ? "" : ". It said: " + said.strip()),
                    e);
        }
    }

    private static String text(CapturedOutput captured) {
        return new String(captured.bytes(), StandardCharsets.UTF_8);
    }

    /** Asks whether it still answers. */
    boolean isAlive() {
        try {
            conversation.check(ALIVE_LIMIT);
            return true;
        } catch (SupervisorException e) {
            return false;
        }
    }
}
