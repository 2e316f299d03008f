package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.shell.SandboxProcess.State;

/**
 * What {@code /proc/PID/stat} holds of a process.
 *
 * @param name the name of its program, at most 15 bytes, which can be any but zero
 * @param threads how many threads it has: its main thread counts until all of it is gone
 * @param startTicks when it started, in ticks of the kernel's clock since the machine's start
 * @param length how many bytes the file has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProcessStatus(
        long pid, byte[] name, State state, long parent, long cpuTicks, long threads, long startTicks, int length) {

    /** What no other process of the same sandbox has: an id comes again, but not with the same time. */
    record Identity(long pid, long startTicks) {}

    /** The kernel's USER_HZ on every platform that JVMs of today run on. */
    private static final long MILLIS_PER_TICK = 10;

    /** Longer than the file ever is. */
    private static final int MAX_BYTES = 4 * 1024;

    /** A name is too short for the numbers that follow it, so the first place with numbers is the end of the name. */
    private static final Pattern LINE =
            Pattern.compile("(\\d{1,18}) \\((.*?)\\) ([A-Za-z])((?: -?\\d{1,20}){40,60})\\n", Pattern.DOTALL);

    // Numbers after the state, of which proc(5) counts the first as field 4.
    private static final int PARENT = 0;
    private static final int USER_TICKS = 10;
    private static final int SYSTEM_TICKS = 11;
    private static final int THREADS = 16;
    private static final int START_TICKS = 18;

    /** Reads the file's content, with or without something behind it. Empty if it is something else. */
    static Optional<ProcessStatus> parse(byte[] content) {
        Matcher line = LINE.matcher(new String(content, 0, Math.min(content.length, MAX_BYTES), ISO_8859_1));
        if (!line.lookingAt()) {
            return Optional.empty();
        }
        String[] numbers = line.group(4).strip().split(" ", START_TICKS + 2);
        return Optional.of(new ProcessStatus(
                Long.parseLong(line.group(1)),
                line.group(2).getBytes(ISO_8859_1),
                state(line.group(3).charAt(0)),
                Long.parseLong(numbers[PARENT]),
                Long.parseLong(numbers[USER_TICKS]) + Long.parseLong(numbers[SYSTEM_TICKS]),
                Long.parseLong(numbers[THREADS]),
                Long.parseLong(numbers[START_TICKS]),
                line.end()));
    }

    Identity identity() {
        return new Identity(pid, startTicks);
    }

    /** Whether all of it has ended: the state is its main thread's, which can end before others. */
    boolean hasEnded() {
        return state == State.ZOMBIE && threads <= 1;
    }

    Duration cpuTime() {
        return Duration.ofMillis(cpuTicks * MILLIS_PER_TICK);
    }

    /** Returns how long ago it started, given how long ago the machine did. */
    Duration age(Duration uptime) {
        Duration age = uptime.minusMillis(startTicks * MILLIS_PER_TICK);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static State state(char letter) {
        return switch (letter) {
            case 'R' -> State.RUNNING;
            case 'S' -> State.SLEEPING;
            case 'D' -> State.BLOCKED;
            case 'T', 't' -> State.STOPPED;
            case 'Z' -> State.ZOMBIE;
            default -> State.OTHER;
        };
    }
}
