package org.junitsandbox.shell;

import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.docker.EngineDiscovery;
import org.junitsandbox.internal.engine.EngineException;

/** The engine of this machine, and its errors in this package's terms. */
final class Engines {

    private Engines() {}

    static ContainerEngine shared() {
        try {
            return EngineDiscovery.engine();
        } catch (EngineException e) {
            throw failure("", e);
        }
    }

    /**
     * @param where what was to be done, to begin the message with; may be empty
     */
    static SandboxException failure(String where, EngineException e) {
        String message = where + e.getMessage();
        return switch (e.fault()) {
            case UNAVAILABLE -> new EngineUnavailableException(message, e);
            case IMAGE -> new ImageException(message, e);
            case ENGINE -> new EngineFailureException(message, e);
            case INTERRUPTED -> new SandboxInterruptedException(message, e);
        };
    }
}
