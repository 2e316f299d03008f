package org.junitsandbox.internal.protocol;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Printable;

/** A request to a container failed. Holds the output of the command that was running, as far as it came. */
public final class SupervisorException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why it failed. After the first three, the connection cannot be used any more. */
    public enum Reason {
        /** The container's streams ended or broke. */
        DISCONNECTED,
        /** Nothing came for too long, though an answer was due. */
        SILENT,
        /** The container sent something that is no message of the protocol. */
        MALFORMED_MESSAGE,
        /** The input of a command could not be stored in the container. The connection can still be used. */
        INPUT_NOT_STORED,
        /** The calling thread was interrupted. Every process was killed. The connection can still be used. */
        INTERRUPTED
    }

    private final Reason reason;
    private final transient CapturedOutput stdout;
    private final transient CapturedOutput stderr;

    SupervisorException(
            Reason reason, String message, @Nullable Throwable cause, CapturedOutput stdout, CapturedOutput stderr) {
        super(Printable.lines(message), cause);
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
