package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * The image of a sandbox cannot be pulled, built, set up or used.
 *
 * @since 0.1
 */
public final class ImageException extends SandboxException {

    private static final long serialVersionUID = 1;

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
