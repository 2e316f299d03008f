package org.junitsandbox.shell;

import java.time.Duration;
import java.util.Locale;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;

/**
 * A process of a sandbox as it was when it was looked at, as the kernel reported it. A process chooses its command line
 * itself. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class SandboxProcess {

    private final ProcessStatus status;
    private final byte[] commandLine;
    private final boolean truncated;
    private final Duration age;

    /** What a process does. */
    public enum State {
        /** It uses a CPU or waits for one. */
        RUNNING,
        /** It waits: for time, input or another process. */
        SLEEPING,
        /** It waits in the kernel, for a device for example, and cannot be interrupted. */
        BLOCKED,
        /** It was stopped by a signal or a debugger. */
        STOPPED,
        /**
         * It has ended, but its parent has not asked how: it uses no memory and no CPU, but counts as a process. Or
         * only its main thread has ended, and other threads of it still run.
         */
        ZOMBIE,
        /** A state of some kernels only. */
        OTHER
    }

    /**
     * @param truncated whether there is more of the command line
     */
    SandboxProcess(ProcessStatus status, byte[] commandLine, boolean truncated, Duration age) {
        this.status = status;
        this.commandLine = commandLine;
        this.truncated = truncated;
        this.age = age;
    }

    /**
     * Returns its process id.
     *
     * @return the id in the sandbox
     */
    public long pid() {
        return status.pid();
    }

    /**
     * Returns the process id of its parent. Where the parent has ended, that is 1.
     *
     * @return the id in the sandbox
     */
    public long parent() {
        return status.parent();
    }

    /**
     * Returns its command line as text for people: arguments separated by spaces, with control characters and the like
     * escaped as in Java, and each byte that is not UTF-8 as {@code \\uDC80} to {@code \\uDCFF}.
     *
     * @return one line, as far as it was {@linkplain #isCommandLineTruncated() kept}; of a process without a command
     *     line, a zombie for example, its name in brackets
     */
    public String commandLine() {
        if (commandLine.length == 0) {
            return "[" + Printable.of(ByteText.decode(status.name())) + "]";
        }
        int last = commandLine.length - 1;
        String text = ByteText.decode(commandLine);
        return Printable.of((commandLine[last] == 0 ? text.substring(0, text.length() - 1) : text).replace('\0', ' '));
    }

    /**
     * Returns its command line to the byte.
     *
     * @return a copy, empty without a command line; a zero byte ends each argument, unless the process has overwritten
     *     it
     */
    public byte[] commandLineBytes() {
        return commandLine.clone();
    }

    /**
     * Whether its command line is longer than what was kept: the first 128 KiB, and less of each where the command
     * lines of all processes are longer than 4 MiB together, but at least 1 KiB.
     *
     * @return true if the end is missing
     */
    public boolean isCommandLineTruncated() {
        return truncated;
    }

    /**
     * Returns what it did.
     *
     * @return its state
     */
    public State state() {
        return status.state();
    }

    /**
     * Returns the CPU time that it has used, without that of its children.
     *
     * @return user and system time, to 10 ms
     */
    public Duration cpuTime() {
        return status.cpuTime();
    }

    /**
     * Returns how long ago it started, by the clock of the kernel that it runs on.
     *
     * @return the time since then, to 10 ms
     */
    public Duration age() {
        return age;
    }

    ProcessStatus status() {
        return status;
    }

    /**
     * Describes it for messages, on one line; of a long command line the beginning and the end.
     *
     * @return for example {@code pid 17, parent 1, sleeping, CPU time 0.01 s, started 3 s ago: sleep 1000}
     */
    @Override
    public String toString() {
        return "pid " + pid() + ", parent " + parent() + ", " + state().name().toLowerCase(Locale.ROOT)
                + ", CPU time " + Units.round(cpuTime()) + ", started " + Units.round(age()) + " ago: "
                + Excerpt.line(commandLine());
    }
}
