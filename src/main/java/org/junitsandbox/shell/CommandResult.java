package org.junitsandbox.shell;

import java.time.Duration;
import java.util.Objects;
import org.junitsandbox.spec.ResourceLimits;

/**
 * A command and what came of it. Immutable.
 *
 * @param command what was run
 * @param outcome how it ended
 * @param output what it wrote to stdout
 * @param errors what it wrote to stderr; the order of the two streams relative to each other is not known
 * @param duration from the request to the end, as seen from this JVM
 * @param directory the shell's directory at the start
 * @param limits the sandbox's limits
 * @since 0.1
 */
public record CommandResult(
        Command command,
        Outcome outcome,
        Output output,
        Output errors,
        Duration duration,
        String directory,
        ResourceLimits limits) {

    public CommandResult {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * The exit code.
     *
     * @throws IllegalStateException if there is none, or none is known: the command timed out, say
     */
    public int exitCode() {
        return outcome.exitCode()
                .orElseThrow(() -> new IllegalStateException("There is no exit code: `" + command + "` " + outcome));
    }

    /** Whether the command itself ended with code 0, and all its output is here. */
    public boolean succeeded() {
        return outcome instanceof Outcome.Exited exited && exited.code() == 0;
    }

    /** Stdout as UTF-8 text, nothing trimmed. */
    public String stdout() {
        return output.text();
    }

    /** Stderr as UTF-8 text, nothing trimmed. */
    public String stderr() {
        return errors.text();
    }
}
