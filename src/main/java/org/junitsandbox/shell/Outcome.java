package org.junitsandbox.shell;

import java.time.Duration;
import java.util.OptionalInt;
import org.junitsandbox.internal.text.Units;

/**
 * What came of a command.
 *
 * @since 0.1
 */
public sealed interface Outcome {

    /** The exit code, where there is one and it is known. */
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
            return "exited with code " + code;
        }
    }

    /**
     * The command ended its shell: by {@code exit}, {@code exec}, {@code set -e} or a signal. The next command runs in
     * a new shell; files are kept, directory, variables and functions are not.
     *
     * @param exitCode the shell's exit code; empty when whoever killed the shell also killed the process that watched
     *     it
     */
    record ShellExited(OptionalInt exitCode) implements Outcome {
        @Override
        public String toString() {
            return "ended its shell "
                    + (exitCode.isPresent() ? "with code " + exitCode.getAsInt() : "in an unknown way");
        }
    }

    /**
     * The time limit came first. Every process in the sandbox was killed; files are kept; the next command runs in a
     * new shell.
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
     * The memory limit killed it: it ended with code 137 and the kernel counted a kill for want of memory meanwhile.
     *
     * @param limitBytes the limit
     */
    record OutOfMemory(long limitBytes) implements Outcome {
        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(137);
        }

        @Override
        public String toString() {
            return "was killed for want of memory (limit " + Units.describe(limitBytes) + ")";
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
            return "exited with code " + code + " after more output than the limit of " + Units.describe(limitBytes);
        }
    }
}
