package org.junitsandbox.shell;

import java.util.List;
import java.util.Optional;

/** Signals in exit codes: shells report the end by signal number n as 128 + n. */
final class Signals {

    private static final int BASE = 128;

    /** By their numbers on Linux, from 1 on; the same on all but a few rare processors. */
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private Signals() {}

    /** Returns the signal that an exit code stands for; empty if it stands for none with a name. */
    static Optional<String> of(int exitCode) {
        int number = exitCode - BASE;
        return number >= 1 && number <= NAMES.size() ? Optional.of(NAMES.get(number - 1)) : Optional.empty();
    }

    /** Writes an exit code for a message, with the signal that it may stand for. */
    static String describe(int exitCode) {
        return of(exitCode)
                .map(name -> exitCode + " (" + BASE + " + " + (exitCode - BASE) + ", signal " + name + ")")
                .orElse(String.valueOf(exitCode));
    }
}
