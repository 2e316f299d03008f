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
 * @param conversation for one thread at a time
 */
public record ReadyContainer(AttachedContainer container, SupervisorClient conversation) {

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    /** To wait longer for an answer would take longer than to start a new container. */
    private static final Duration ALIVE_TIMEOUT = Duration.ofSeconds(2);

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
            conversation.open(READY_TIMEOUT);
            return new ReadyContainer(container, conversation);
        } catch (SupervisorException e) {
            container.close();
            String printed = text(e.stdout()) + text(e.stderr());
            throw new EngineException(
                    EngineException.Fault.ENGINE,
                    "the container did not get ready: " + e.getMessage()
                            + (printed.isBlank() ? "" : ". It printed: " + printed.strip()),
                    e);
        }
    }

    private static String text(CapturedOutput captured) {
        return new String(captured.bytes(), StandardCharsets.UTF_8);
    }

    /** Returns whether it still answers. */
    boolean isAlive() {
        try {
            conversation.check(ALIVE_TIMEOUT);
            return true;
        } catch (SupervisorException e) {
            return false;
        }
    }
}
