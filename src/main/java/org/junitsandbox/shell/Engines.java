package org.junitsandbox.shell;

import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.internal.text.Notices;

/** The engine of this JVM, and its failures as exceptions of this package. */
final class Engines {

    private Engines() {}

    static ContainerEngine shared() {
        Notices.expectNoLogging();
        try {
            return EngineProvider.named(EngineProvider.DEFAULT).engine();
        } catch (EngineException e) {
            throw failure("", e);
        }
    }

    /**
     * Returns the exception to throw for the failure of an engine.
     *
     * @param prefix the beginning of the message; may be empty
     */
    static SandboxException failure(String prefix, EngineException e) {
        String message = prefix + e.getMessage();
        return switch (e.fault()) {
            case UNAVAILABLE -> new EngineUnavailableException(message, e);
            case IMAGE -> new ImageException(message, e);
            case ENGINE -> new EngineFailureException(message, e);
            case INTERRUPTED -> new SandboxInterruptedException(message, e);
        };
    }
}
