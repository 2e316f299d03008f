package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * The container engine answers, but did not do what it was asked for: it did not start a container, for example. Often
 * trying again helps; the cause has the engine's own words.
 *
 * @since 0.1
 */
public final class EngineFailureException extends SandboxException {

    private static final long serialVersionUID = 1;

    EngineFailureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
