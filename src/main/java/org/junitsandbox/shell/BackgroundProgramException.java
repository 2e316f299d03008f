package org.junitsandbox.shell;

/**
 * A background program could not be started, did not do in time what was waited for, or ended before. The message has
 * the end of its output.
 *
 * @since 0.1
 */
public final class BackgroundProgramException extends SandboxException {

    private static final long serialVersionUID = 1;

    BackgroundProgramException(String message) {
        super(message, null);
    }
}
