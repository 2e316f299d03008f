package org.junitsandbox.shell;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.PrintableCause;

/**
 * A sandbox could not be opened or used. The message explains what happened, where, what was found and what to do about
 * it. Each kind of failure has a subclass. What comes from a sandbox is escaped in it, as is every name: control
 * characters, for example.
 *
 * @since 0.1
 */
public abstract sealed class SandboxException extends RuntimeException
        permits BackgroundProgramException,
                EngineFailureException,
                EngineUnavailableException,
                ImageException,
                LimitNotEnforcedException,
                SandboxInterruptedException,
                SandboxLostException,
                SandboxPoolExhaustedException,
                TransferException {

    private static final long serialVersionUID = 1;

    /** Null before secrets were hidden. */
    private @Nullable String masked;

    SandboxException(String message, @Nullable Throwable cause) {
        super(Printable.lines(message), PrintableCause.of(cause));
    }

    final void mask(UnaryOperator<String> mask) {
        masked = mask.apply(String.valueOf(super.getMessage()));
    }

    /** Returns the message, without what was a {@linkplain Shell#mask secret} of the sandbox when it was thrown. */
    @Override
    public @Nullable String getMessage() {
        return masked == null ? super.getMessage() : masked;
    }
}
