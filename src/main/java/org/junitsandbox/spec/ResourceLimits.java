package org.junitsandbox.spec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.SizeRange;
import org.junitsandbox.internal.text.Units;

/**
 * How much a sandbox and each of its commands may use. Immutable: a method that takes a value returns a copy with that
 * value, and throws {@link IllegalArgumentException} if the value cannot be read or is out of range.
 *
 * <p>A size is written {@code "256MiB"}, {@code "1.5GiB"} or {@code "64kB"}: KiB, MiB and GiB are powers of 1024, kB,
 * MB and GB powers of 1000, and a bare number counts bytes.
 *
 * <p>Memory includes the contents of {@code /work}, {@code /tmp} and {@code /dev/shm} where these are memory file
 * systems, as they are in the {@linkplain Profile#UNTRUSTED untrusted} profile. There is no swap. So none of them can
 * be larger than the memory: a sandbox with such limits is not opened, and where their sizes are not set, they are 64
 * MiB or the memory, whichever is less.
 *
 * @since 0.1
 */
public final class ResourceLimits {

    private static final long MIB = 1 << 20;

    /** The minimum that Docker accepts. */
    private static final SizeRange MEMORY = new SizeRange(6 * MIB, Long.MAX_VALUE);

    private static final double MIN_CPUS = 0.01;

    private static final int MAX_CPUS = 1_000_000;

    /** The supervisor, the watcher and the shell take three. */
    private static final int MIN_PROCESSES = 8;

    private static final int MIN_OPEN_FILES = 32;

    private static final long DEFAULT_IN_MEMORY = 64 * MIB;

    private static final SizeRange FILE_SYSTEM = new SizeRange(4096, Long.MAX_VALUE);

    private static final SizeRange INPUT = new SizeRange(4096, SizeRange.MAX_ARRAY_BYTES);

    private static final SizeRange COPY_OUT = new SizeRange(0, Long.MAX_VALUE);

    /** The limits of a sandbox for which none are set. */
    public static final ResourceLimits DEFAULT = new ResourceLimits(new Builder());

    private final long memoryBytes;
    private final double cpus;
    private final int processes;
    private final int openFiles;
    private final Duration commandTime;
    private final long outputBytes;
    private final @Nullable Long workBytes;
    private final @Nullable Long tmpBytes;
    private final @Nullable Long inputBytes;
    private final long copyOutBytes;

    private ResourceLimits(Builder builder) {
        memoryBytes = MEMORY.check("memory", builder.memoryBytes);
        cpus = builder.cpus;
        processes = check("processes", builder.processes, MIN_PROCESSES);
        openFiles = check("openFiles", builder.openFiles, MIN_OPEN_FILES);
        commandTime = Objects.requireNonNull(builder.commandTime, "commandTime");
        outputBytes = SizeRange.OUTPUT.check("output", builder.outputBytes);
        workBytes = check(FILE_SYSTEM, "work", builder.workBytes);
        tmpBytes = check(FILE_SYSTEM, "tmp", builder.tmpBytes);
        inputBytes = check(INPUT, "input", builder.inputBytes);
        copyOutBytes = COPY_OUT.check("copyOut", builder.copyOutBytes);
        // Not a number is out of range, too.
        if (!(cpus >= MIN_CPUS && cpus <= MAX_CPUS)) {
            throw new IllegalArgumentException("cpus is " + cpus + ": expected " + MIN_CPUS + " to " + MAX_CPUS);
        }
        if (commandTime.isNegative() || commandTime.isZero()) {
            throw new IllegalArgumentException(
                    "commandTime is " + Units.describe(commandTime) + ": expected more than 0 s");
        }
    }

    private static @Nullable Long check(SizeRange range, String name, @Nullable Long bytes) {
        return bytes == null ? null : (Long) range.check(name, bytes);
    }

    private static int check(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + min + " or more");
        }
        return value;
    }

    /** {@return the memory of all processes together, in bytes} */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** {@return the CPUs; 0.5 is half of one} */
    public double cpus() {
        return cpus;
    }

    /** {@return the processes and threads at a time} */
    public int processes() {
        return processes;
    }

    /** {@return the open files per process} */
    public int openFiles() {
        return openFiles;
    }

    /** {@return the time of one command, unless the command has a limit of its own} */
    public Duration commandTime() {
        return commandTime;
    }

    /** {@return the output of one command that is kept, in bytes per stream; the rest is read and dropped} */
    public long outputBytes() {
        return outputBytes;
    }

    /** {@return the size of {@code /work}, in bytes} */
    public long workBytes() {
        return inMemory(workBytes);
    }

    /** {@return the size of {@code /tmp}, in bytes} */
    public long tmpBytes() {
        return inMemory(tmpBytes);
    }

    /** {@return the size of one command's stdin, in bytes} */
    public long inputBytes() {
        return inMemory(inputBytes);
    }

    /** The size of what is kept in memory: where none is set, no more than there is. */
    private long inMemory(@Nullable Long bytes) {
        return bytes == null ? Math.min(DEFAULT_IN_MEMORY, memoryBytes) : bytes;
    }

    /** {@return the size of what one copy out of the sandbox may contain, in bytes} */
    public long copyOutBytes() {
        return copyOutBytes;
    }

    /**
     * {@return a copy with another limit on the memory of all processes together}
     *
     * @param size for example {@code "256MiB"}; 6 MiB or more
     */
    public ResourceLimits memory(String size) {
        return with(builder -> builder.memoryBytes = Units.bytes(size));
    }

    /**
     * {@return a copy with another limit on CPUs}
     *
     * @param count CPUs, 0.01 or more; 0.5 is half of one
     */
    public ResourceLimits cpus(double count) {
        return with(builder -> builder.cpus = count);
    }

    /**
     * {@return a copy with another limit on processes and threads}
     *
     * @param count processes and threads at a time, 8 or more: a sandbox itself takes three
     */
    public ResourceLimits processes(int count) {
        return with(builder -> builder.processes = count);
    }

    /**
     * {@return a copy with another limit on open files}
     *
     * @param count open files per process, 32 or more
     */
    public ResourceLimits openFiles(int count) {
        return with(builder -> builder.openFiles = count);
    }

    /**
     * {@return a copy with another limit on the time of a command}
     *
     * @param time for example {@code "30s"}, {@code "200ms"}, {@code "2m"} or {@code "1h"}
     */
    public ResourceLimits commandTime(String time) {
        return commandTime(Units.duration(time));
    }

    /**
     * {@return a copy with another limit on the time of a command}
     *
     * @param time more than 0
     */
    public ResourceLimits commandTime(Duration time) {
        return with(builder -> builder.commandTime = time);
    }

    /**
     * {@return a copy with another limit on the output that is kept, per stream}
     *
     * @param size for example {@code "8MiB"}; from 0, for none, to 1 GiB
     */
    public ResourceLimits output(String size) {
        return with(builder -> builder.outputBytes = Units.bytesOrNone(size));
    }

    /**
     * {@return a copy with another size of {@code /work}}
     *
     * @param size for example {@code "64MiB"}; 4 KiB or more
     */
    public ResourceLimits work(String size) {
        return with(builder -> builder.workBytes = Units.bytes(size));
    }

    /**
     * {@return a copy with another size of {@code /tmp}}
     *
     * @param size for example {@code "64MiB"}; 4 KiB or more
     */
    public ResourceLimits tmp(String size) {
        return with(builder -> builder.tmpBytes = Units.bytes(size));
    }

    /**
     * {@return a copy with another limit on the stdin of a command}
     *
     * @param size for example {@code "64MiB"}; 4 KiB to 1 GiB
     */
    public ResourceLimits input(String size) {
        return with(builder -> builder.inputBytes = Units.bytes(size));
    }

    /**
     * {@return a copy with another limit on what one copy out of the sandbox may contain}
     *
     * @param size for example {@code "1GiB"}
     */
    public ResourceLimits copyOut(String size) {
        return with(builder -> builder.copyOutBytes = Units.bytes(size));
    }

    private List<Object> components() {
        return List.of(
                memoryBytes, cpus, processes, openFiles, commandTime, outputBytes, workBytes(), tmpBytes(),
                inputBytes(), copyOutBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceLimits that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "memory " + Units.describe(memoryBytes) + ", " + cpus + " CPU, " + processes + " processes, " + openFiles
                + " open files, " + Units.describe(commandTime) + " per command, " + Units.describe(outputBytes)
                + " of output, /work " + Units.describe(workBytes()) + ", /tmp " + Units.describe(tmpBytes());
    }

    private ResourceLimits with(Consumer<Builder> change) {
        Builder builder = new Builder(this);
        change.accept(builder);
        return new ResourceLimits(builder);
    }

    /** Begins with the defaults. */
    private static final class Builder {
        long memoryBytes = 256 * MIB;
        double cpus = 1;
        int processes = 128;
        int openFiles = 1024;
        Duration commandTime = Duration.ofSeconds(30);
        long outputBytes = 8 * MIB;
        @Nullable Long workBytes;
        @Nullable Long tmpBytes;
        @Nullable Long inputBytes;
        long copyOutBytes = 1024 * MIB;

        Builder() {}

        Builder(ResourceLimits limits) {
            memoryBytes = limits.memoryBytes;
            cpus = limits.cpus;
            processes = limits.processes;
            openFiles = limits.openFiles;
            commandTime = limits.commandTime;
            outputBytes = limits.outputBytes;
            workBytes = limits.workBytes;
            tmpBytes = limits.tmpBytes;
            inputBytes = limits.inputBytes;
            copyOutBytes = limits.copyOutBytes;
        }
    }
}
