package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * No container engine answers. The message lists what was tried.
 *
 * @since 0.1
 */
public final class EngineUnavailableException extends SandboxException {

    private static final long serialVersionUID = 1;

    EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
