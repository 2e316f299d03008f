package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * All containers that a {@link SandboxPool} may have at once are in use, and none of them can come back: each belongs to a
 * caller that itself waits for another one.
 *
 * @since 0.1
 */
public final class SandboxPoolExhaustedException extends SandboxException {

    private static final long serialVersionUID = 1;

    SandboxPoolExhaustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
