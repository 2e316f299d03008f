package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * Files of a sandbox could not be copied in or out, or files or processes of it could not be looked at.
 *
 * @since 0.1
 */
public final class TransferException extends SandboxException {

    private static final long serialVersionUID = 1;

    TransferException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
