package org.junitsandbox.internal.protocol;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The result of a {@link CommandRequest}.
 *
 * @param end how the command ended
 * @param duration from the request to the end
 * @param start where and how the command started
 */
public record Reply(End end, CapturedOutput stdout, CapturedOutput stderr, Duration duration, Start start) {

    /**
     * The start of a command.
     *
     * @param begun whether the command was run at all
     * @param inNewShell whether its shell was a new one, as the one before had ended between two commands
     * @param directory the directory in which the worker shell was
     */
    public record Start(boolean begun, boolean inNewShell, String directory) {}

    /**
     * The end of a command.
     *
     * @param status the exit status, where one is known
     * @param outOfMemory whether the memory limit killed a process while the command ran
     */
    public record End(Ending ending, OptionalInt status, boolean outOfMemory) {}

    /** The ways in which a command ends. */
    public enum Ending {
        /** The command ended, and its shell goes on. */
        COMMAND_ENDED,
        /** The shell ended with the command; the next command gets a new one. */
        SHELL_ENDED,
        /** The time limit came first; every process was killed; the next command gets a new shell. */
        TIMED_OUT,
        /** The output limit came first, and was to end it; as at the time limit. */
        OUTPUT_EXCEEDED
    }

    /** Whether the command was run at all. One that was not has no exit status of its own. */
    public boolean begun() {
        return start.begun();
    }

    /** Returns the directory in which the worker shell was when the command started. */
    public String directory() {
        return start.directory();
    }

    public Ending ending() {
        return end.ending();
    }

    public OptionalInt status() {
        return end.status();
    }

    public boolean outOfMemory() {
        return end.outOfMemory();
    }
}
