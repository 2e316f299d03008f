package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * A file could not be copied into a sandbox or out of it.
 *
 * @since 0.1
 */
public final class TransferException extends SandboxException {

    private static final long serialVersionUID = 1;

    TransferException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
