package org.junitsandbox.internal.engine;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** Recognises that a container did not start because its image lacks the program that it is to run. */
public final class MissingProgram {

    private MissingProgram() {}

    /**
     * Returns the exception to throw for such a failure; empty for any other one.
     *
     * @param message the engine's own
     * @param program the path of the program
     */
    public static Optional<EngineException> of(String message, String program, @Nullable Throwable cause) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (!message.contains(program) || !(lower.contains("no such file") || lower.contains("not found"))) {
            return Optional.empty();
        }
        return Optional.of(new EngineException(
                Fault.IMAGE,
                "The image has no " + program + ", which a sandbox needs. The engine's message: " + message,
                cause));
    }
}
