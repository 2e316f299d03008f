package org.junitsandbox.shell;

import java.time.Duration;
import java.util.OptionalInt;
import org.junitsandbox.internal.text.Units;

/**
 * How a command ended. Immutable; its text completes a sentence about the command: "exited with code 0".
 *
 * @since 0.1
 */
public sealed interface Outcome {

    /**
     * Returns the exit code.
     *
     * @return 0 to 255; empty if there is none or it is not known
     */
    OptionalInt exitCode();

    /**
     * The command ended.
     *
     * @param code its exit code, 0 to 255
     */
    record Exited(int code) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(code);
        }

        @Override
        public String toString() {
            return "exited with code " + Signals.describe(code);
        }
    }

    /**
     * The command ended its shell: by {@code exit}, {@code exec}, {@code set -e} or a signal. The next command runs in
     * a new shell; files are kept, directory, variables and functions are not.
     *
     * @param exitCode the shell's exit code; empty if the process that watches the shell was killed as well
     */
    record ShellExited(OptionalInt exitCode) implements Outcome {
        @Override
        public String toString() {
            return "ended its shell "
                    + (exitCode.isPresent()
                            ? "with code " + Signals.describe(exitCode.getAsInt())
                            : "in an unknown way");
        }
    }

    /**
     * The command reached its time limit. Every process in the sandbox was killed; files are kept; the next command
     * runs in a new shell.
     *
     * @param limit the limit that was reached
     */
    record TimedOut(Duration limit) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.empty();
        }

        @Override
        public String toString() {
            return "timed out after " + Units.describe(limit);
        }
    }

    /**
     * The command wrote more to a stream than is kept, and was to end then: {@link Command#endAtOutputLimit()}. Every
     * process in the sandbox was killed; files are kept; the next command runs in a new shell.
     *
     * @param limitBytes how many bytes of each stream are kept
     */
    record OutputExceeded(long limitBytes) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.empty();
        }

        @Override
        public String toString() {
            return "was killed at its output limit of " + Units.describe(limitBytes);
        }
    }

    /**
     * The command was killed by the memory limit: it ended with code 137, and while it ran the kernel counted a process
     * that was killed because memory ran out.
     *
     * @param limitBytes the sandbox's memory limit, in bytes
     */
    record OutOfMemory(long limitBytes) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(137);
        }

        @Override
        public String toString() {
            return "ran out of memory (limit " + Units.describe(limitBytes) + ")";
        }
    }

    /**
     * The command was not run at all: its shell could not start it. A limit that an earlier command set ({@code
     * ulimit}) does that, a limit of the sandbox that earlier commands have reached, or a background process that
     * killed the shell in that moment. Files are kept; the next command runs in a new shell.
     *
     * @param reason why, for messages
     */
    record NotStarted(String reason) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.empty();
        }

        @Override
        public String toString() {
            return "did not start: " + reason;
        }
    }

    /**
     * The command ended, but wrote more to a stream than is kept.
     *
     * @param limitBytes how many bytes of each stream are kept
     * @param code its exit code, 0 to 255
     */
    record OutputLimited(long limitBytes, int code) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(code);
        }

        @Override
        public String toString() {
            return "exited with code " + Signals.describe(code) + " after more output than the limit of "
                    + Units.describe(limitBytes);
        }
    }
}
