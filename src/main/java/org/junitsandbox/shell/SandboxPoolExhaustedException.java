package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * All containers that a test run may have at once are in use, and none of them can come back: each is kept until a test
 * or class ends, and that one waits for another container. A {@link SandboxPool} that JUnit does not use never declares
 * this, as any of its shells may still be closed; there, it means that no container came back within a timeout.
 *
 * @since 0.1
 */
public final class SandboxPoolExhaustedException extends SandboxException {

    private static final long serialVersionUID = 1;

    SandboxPoolExhaustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
