package org.junitsandbox.internal.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.audit.Cleanliness;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.protocol.CapturedOutput;
import org.junitsandbox.internal.protocol.SupervisorClient;
import org.junitsandbox.internal.protocol.SupervisorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container whose shell has answered, and the conversation with it. One that was cleaned is another ready container.
 *
 * @param conversation for one thread at a time
 * @param firstReport what the kernel reported before the container's very first command
 * @param isRecyclable whether it can be proven clean after its use
 */
public record ReadyContainer(
        AttachedContainer container, SupervisorClient conversation, String firstReport, boolean isRecyclable) {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyContainer.class);

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    /** A clean-up takes some 10 ms; one that takes as long as a start is of no use. */
    private static final Duration RECYCLE_TIMEOUT = Duration.ofSeconds(2);

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
            String report = conversation.foundLimits();
            return new ReadyContainer(
                    container, conversation, report, config.isReusable() && Cleanliness.isProvable(config, report));
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

    /** Cleans the container in place. Returns it as good as new; empty if it is not, and then it must be removed. */
    Optional<ReadyContainer> recycle() {
        try {
            SupervisorClient next = conversation.recycle(RECYCLE_TIMEOUT);
            List<String> residues = Cleanliness.residues(firstReport, next.foundLimits());
            if (residues.isEmpty()) {
                next.reopen(
                        RECYCLE_TIMEOUT,
                        EffectiveLimits.parse(next.foundLimits()).outOfMemoryKills());
                return Optional.of(new ReadyContainer(container, next, firstReport, true));
            }
            LOG.debug("Container {} is not clean after its use, so it is removed: {}", container.id(), residues);
        } catch (SupervisorException e) {
            LOG.debug("Container {} was not cleaned after its use, so it is removed", container.id(), e);
        }
        return Optional.empty();
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
