package org.junitsandbox.spec;

import java.time.Duration;
import java.util.Objects;
import org.junitsandbox.internal.text.SizeRange;
import org.junitsandbox.internal.text.Units;

/**
 * How much a sandbox and each of its commands may use. Immutable; the methods of a limit's name return a changed copy.
 *
 * <p>Memory includes what lies in {@code /work}, {@code /tmp} and {@code /dev/shm} while these are memory file systems,
 * as they are in the {@linkplain Profile#UNTRUSTED untrusted} profile. There is no swap.
 *
 * @param memoryBytes memory of all processes together
 * @param cpus CPUs, counted in parts if need be
 * @param processes processes and threads at a time
 * @param openFiles open files per process
 * @param commandTime time of one command, unless it has a limit of its own
 * @param outputBytes output of one command that is kept, per stream; the rest is read and dropped
 * @param workBytes size of {@code /work}
 * @param tmpBytes size of {@code /tmp}
 * @param inputBytes size of one command's stdin
 * @param copyOutBytes size of what one {@code copyOut} may bring
 * @since 0.1
 */
public record ResourceLimits(
        long memoryBytes,
        double cpus,
        int processes,
        int openFiles,
        Duration commandTime,
        long outputBytes,
        long workBytes,
        long tmpBytes,
        long inputBytes,
        long copyOutBytes) {

    private static final long MIB = 1 << 20;

    /** What holds where nothing else is said. */
    public static final ResourceLimits DEFAULT = new ResourceLimits(
            256 * MIB, 1, 128, 1024, Duration.ofSeconds(30), 8 * MIB, 64 * MIB, 64 * MIB, 64 * MIB, 1024 * MIB);

    /** The least memory that Docker accepts, in bytes. */
    private static final long LEAST_MEMORY = 6 * MIB;

    /** The supervisor, the watcher and the shell take three. */
    private static final int LEAST_PROCESSES = 8;

    private static final int LEAST_OPEN_FILES = 32;

    private static final int MOST_CPUS = 1_000_000;

    /**
     * @throws IllegalArgumentException if a limit is too small to run a shell, or larger than a Java array where it
     *     bounds one
     */
    public ResourceLimits {
        new SizeRange(LEAST_MEMORY, Long.MAX_VALUE).check("memory", memoryBytes);
        if (!(cpus >= 0.01 && cpus <= MOST_CPUS)) {
            throw new IllegalArgumentException("cpus is " + cpus + ": expected 0.01 to " + MOST_CPUS);
        }
        check("processes", processes, LEAST_PROCESSES);
        check("openFiles", openFiles, LEAST_OPEN_FILES);
        Objects.requireNonNull(commandTime, "commandTime");
        if (commandTime.isNegative() || commandTime.isZero()) {
            throw new IllegalArgumentException(
                    "commandTime is " + Units.describe(commandTime) + ": expected more than 0 s");
        }
        SizeRange.OUTPUT.check("output", outputBytes);
        new SizeRange(4096, Long.MAX_VALUE).check("work", workBytes);
        new SizeRange(4096, Long.MAX_VALUE).check("tmp", tmpBytes);
        new SizeRange(4096, SizeRange.MAX_ARRAY_BYTES).check("input", inputBytes);
        new SizeRange(0, Long.MAX_VALUE).check("copyOut", copyOutBytes);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + least + " or more");
        }
    }

    /**
     * Limits the memory of all processes together.
     *
     * @param size for example {@code "256MiB"}
     */
    public ResourceLimits memory(String size) {
        return new ResourceLimits(
                Units.bytes(size), cpus, processes, openFiles, commandTime, outputBytes, workBytes, tmpBytes,
                inputBytes, copyOutBytes);
    }

    /**
     * Limits CPU time.
     *
     * @param count CPUs, 0.5 for half of one
     */
    public ResourceLimits cpus(double count) {
        return new ResourceLimits(
                memoryBytes, count, processes, openFiles, commandTime, outputBytes, workBytes, tmpBytes, inputBytes,
                copyOutBytes);
    }

    /**
     * Limits processes and threads.
     *
     * @param count processes and threads at a time, 8 or more: a sandbox itself takes three
     */
    public ResourceLimits processes(int count) {
        return new ResourceLimits(
                memoryBytes, cpus, count, openFiles, commandTime, outputBytes, workBytes, tmpBytes, inputBytes,
                copyOutBytes);
    }

    /**
     * Limits open files.
     *
     * @param count open files per process, 32 or more
     */
    public ResourceLimits openFiles(int count) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, count, commandTime, outputBytes, workBytes, tmpBytes, inputBytes,
                copyOutBytes);
    }

    /**
     * Limits the time of a command.
     *
     * @param time for example {@code "30s"}
     */
    public ResourceLimits commandTime(String time) {
        return commandTime(Units.duration(time));
    }

    /**
     * Limits the time of a command.
     *
     * @param time more than 0
     */
    public ResourceLimits commandTime(Duration time) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, time, outputBytes, workBytes, tmpBytes, inputBytes,
                copyOutBytes);
    }

    /**
     * Limits the output that is kept, per stream.
     *
     * @param size for example {@code "8MiB"}, at most 1 GiB
     */
    public ResourceLimits output(String size) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, commandTime, Units.bytes(size), workBytes, tmpBytes,
                inputBytes, copyOutBytes);
    }

    /**
     * Limits {@code /work}.
     *
     * @param size for example {@code "64MiB"}
     */
    public ResourceLimits work(String size) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, commandTime, outputBytes, Units.bytes(size), tmpBytes,
                inputBytes, copyOutBytes);
    }

    /**
     * Limits {@code /tmp}.
     *
     * @param size for example {@code "64MiB"}
     */
    public ResourceLimits tmp(String size) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, commandTime, outputBytes, workBytes, Units.bytes(size),
                inputBytes, copyOutBytes);
    }

    /**
     * Limits stdin.
     *
     * @param size for example {@code "64MiB"}, at most 1 GiB
     */
    public ResourceLimits input(String size) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, commandTime, outputBytes, workBytes, tmpBytes,
                Units.bytes(size), copyOutBytes);
    }

    /**
     * Limits what one copy may bring out.
     *
     * @param size for example {@code "1GiB"}
     */
    public ResourceLimits copyOut(String size) {
        return new ResourceLimits(
                memoryBytes, cpus, processes, openFiles, commandTime, outputBytes, workBytes, tmpBytes, inputBytes,
                Units.bytes(size));
    }

    @Override
    public String toString() {
        return "memory " + Units.describe(memoryBytes) + ", " + cpus + " CPU, " + processes + " processes, " + openFiles
                + " open files, " + Units.describe(commandTime) + " per command, " + Units.describe(outputBytes)
                + " of output, /work " + Units.describe(workBytes) + ", /tmp " + Units.describe(tmpBytes);
    }
}
