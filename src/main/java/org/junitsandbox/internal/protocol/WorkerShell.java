package org.junitsandbox.internal.protocol;

import java.util.OptionalLong;

/** The state of the worker shell between two commands, as far as the next one finds it. */
final class WorkerShell {

    private final String home;
    private String directory;
    private int lastStatus;
    /** The worker's process id; empty if it has not run a command yet. */
    private OptionalLong processId = OptionalLong.empty();

    /**
     * @param home the directory in which a worker shell starts
     */
    WorkerShell(String home) {
        this.home = home;
        this.directory = home;
    }

    String home() {
        return home;
    }

    String directory() {
        return directory;
    }

    /** Returns the exit status of the user's last command: the value of {@code $?}. */
    int lastStatus() {
        return lastStatus;
    }

    /**
     * Returns where a command of the library's own runs, as {@link SupervisorRequest.Own} has it.
     *
     * @param ended whether the shell has ended: it has no directory then
     */
    OptionalLong placeOf(CommandRequest request, boolean ended) {
        if (request.isAtRoot()) {
            return OptionalLong.of(SupervisorRequest.Own.AT_ROOT);
        }
        return ended ? OptionalLong.empty() : processId;
    }

    void commandBegan(OptionalLong worker) {
        processId = worker;
    }

    void commandEnded(int status, String endDirectory) {
        lastStatus = status;
        directory = endDirectory;
    }

    /** The next command runs in a new shell. */
    void restart() {
        lastStatus = 0;
        directory = home;
        processId = OptionalLong.empty();
    }
}
