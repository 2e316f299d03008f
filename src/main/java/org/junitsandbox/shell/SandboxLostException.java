package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * A sandbox has gone: its container was killed or removed from outside, its engine went away, or it no longer answers.
 * How a command that was running ended is not known. {@link Shell#reset()} gives the shell a new container.
 *
 * @since 0.1
 */
public final class SandboxLostException extends SandboxException {

    private static final long serialVersionUID = 1;

    private final transient Output output;
    private final transient Output errors;

    SandboxLostException(String message, @Nullable Throwable cause, Output output, Output errors) {
        super(message, cause);
        this.output = output;
        this.errors = errors;
    }

    /** What the command that was running had written to stdout so far. */
    public Output output() {
        return output;
    }

    /** What the command that was running had written to stderr so far. */
    public Output errors() {
        return errors;
    }
}
