package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it waited for a sandbox. The command under way was killed with all its
 * processes; the thread's interrupt status is set; the shell can be used again.
 *
 * @since 0.1
 */
public final class SandboxInterruptedException extends SandboxException {

    private static final long serialVersionUID = 1;

    SandboxInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
