package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * A container does not enforce a limit that was asked for, or that it does so cannot be checked. The message names each
 * such limit. {@link org.junitsandbox.spec.LimitCheck#WARN} opens the sandbox all the same.
 *
 * @since 0.1
 */
public final class LimitNotEnforcedException extends SandboxException {

    private static final long serialVersionUID = 1;

    LimitNotEnforcedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
