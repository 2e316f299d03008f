package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * A sandbox could not be had or used. The message says what happened, where, what was found and what to do about it.
 *
 * @since 0.1
 */
public class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
