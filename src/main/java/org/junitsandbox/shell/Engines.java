package org.junitsandbox.shell;

import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.spec.EngineChoice;

/** The engines of this JVM, and their failures as exceptions of this package. */
final class Engines {

    private Engines() {}

    /**
     * Returns the engine that the system properties choose.
     *
     * @throws IllegalArgumentException if they are not valid
     */
    static ContainerEngine shared() {
        return of(EngineChoice.ofSystemProperties());
    }

    /**
     * Returns an engine, which is looked for once in a JVM.
     *
     * @throws IllegalArgumentException if the choice is not valid
     */
    static ContainerEngine of(EngineChoice choice) {
        Notices.expectNoLogging();
        try {
            return EngineProvider.named(choice.name()).engine(choice.settings());
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
        // Not itself: its message would be printed once more.
        Throwable cause = e.getCause();
        return switch (e.fault()) {
            case UNAVAILABLE -> new EngineUnavailableException(message, cause);
            case IMAGE, IMAGE_GONE -> new ImageException(message, cause);
            case ENGINE, NO_ROOM -> new EngineFailureException(message, cause);
            case INTERRUPTED -> new SandboxInterruptedException(message, cause);
        };
    }
}
