package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * No container engine answers. The message names what was found and what to do about it. If an engine is named, by
 * {@code DOCKER_HOST} for example, then that one does not answer, and no other is used in its place.
 *
 * @since 0.1
 */
public final class EngineUnavailableException extends SandboxException {

    private static final long serialVersionUID = 1;

    EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
