package org.junitsandbox.internal.protocol;

import org.jspecify.annotations.Nullable;

/** The dialogue with a container cannot go on. Holds the output of the command under way, as far as it came. */
public final class SupervisorException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why it cannot go on. */
    public enum Reason {
        /** The container's streams ended or broke. */
        DISCONNECTED,
        /** Nothing was heard for too long, though an answer was due. */
        SILENT,
        /** The container broke the rules of the dialogue. */
        CONFUSED,
        /** The stdin of a command could not be stored in the container; the dialogue itself goes on. */
        INPUT_NOT_STORED,
        /** The calling thread was interrupted; what ran was killed; the dialogue itself goes on. */
        INTERRUPTED
    }

    private final Reason reason;
    private final transient CapturedOutput stdout;
    private final transient CapturedOutput stderr;

    SupervisorException(
            Reason reason, String message, @Nullable Throwable cause, CapturedOutput stdout, CapturedOutput stderr) {
        super(message, cause);
        this.reason = reason;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    public Reason reason() {
        return reason;
    }

    public CapturedOutput stdout() {
        return stdout;
    }

    public CapturedOutput stderr() {
        return stderr;
    }
}
