package org.junitsandbox.internal.protocol;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What came of a {@link Request}.
 *
 * @param ending how it ended
 * @param status the exit status, where one is known
 * @param outOfMemory whether the memory limit killed a process meanwhile
 * @param directory the directory in which the worker shell was when the command started
 */
public record Reply(
        Ending ending,
        OptionalInt status,
        boolean outOfMemory,
        CapturedOutput stdout,
        CapturedOutput stderr,
        Duration duration,
        String directory) {

    /** The ways a command ends. */
    public enum Ending {
        /** The command ended and its shell goes on. */
        COMMAND_ENDED,
        /** The shell ended with it; the next command gets a new one. */
        SHELL_ENDED,
        /** The time limit came first; every process was killed; the next command gets a new shell. */
        TIMED_OUT
    }
}
