package org.junitsandbox.shell;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junitsandbox.internal.audit.Counter;
import org.junitsandbox.internal.text.SecretMask;
import org.junitsandbox.internal.text.Units;

/**
 * What a sandbox used between two readings of the kernel's counters. Immutable, so safe for use by several threads.
 *
 * <p>The counters are those of the whole container. So a figure covers all that the sandbox did between the readings,
 * {@linkplain #activities() one command or several}, processes in the background, and the library's own work there: a
 * command costs some 2 ms of CPU time besides its own, and a new shell some 5 ms.
 *
 * <p>A figure that the kernel or the engine does not report is unknown and has its reason; it is never 0.
 *
 * @since 0.1
 */
public final class Usage {

    private final List<String> activities;
    private final int activityCount;
    private final Duration wallTime;
    private final Map<Counter, Figure<Long>> figures;

    Usage(ActivityLog activities, Map<Counter, Figure<Long>> figures) {
        this(activities.names(), activities.count(), activities.time(), figures);
    }

    private Usage(
            List<String> activities, int activityCount, Duration wallTime, Map<Counter, Figure<Long>> figures) {
        this.activities = activities;
        this.activityCount = activityCount;
        this.wallTime = wallTime;
        this.figures = figures;
    }

    Usage masked(SecretMask mask) {
        return new Usage(
                activities.stream().map(mask::applyToMessage).toList(), activityCount, wallTime, figures);
    }

    /** Creates one of which no more than its time is known. */
    static Usage unknown(ActivityLog activities, String reason) {
        Map<Counter, Figure<Long>> figures = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            figures.put(counter, Figure.unknown(reason));
        }
        return new Usage(activities, figures);
    }

    /**
     * Returns what the sandbox was asked to do between the readings: commands, copies and looks at files.
     *
     * @return the last 50, in their order, for example <code>running `ls`</code>
     */
    public List<String> activities() {
        return activities;
    }

    /**
     * Returns how many {@link #activities()} there were. With more than one, each figure is that of all together.
     *
     * @return 0 or more
     */
    public int activityCount() {
        return activityCount;
    }

    /**
     * Returns how long the activities took, one after the other, as seen from this JVM. Time between them does not
     * count.
     *
     * @return for one command, its {@link CommandResult#duration()}
     */
    public Duration wallTime() {
        return wallTime;
    }

    /**
     * Returns the CPU time of all processes.
     *
     * @return a time on one CPU
     */
    public Figure<Duration> cpuTime() {
        return time(Counter.CPU);
    }

    /**
     * Returns the CPU time outside the kernel. Kernels may estimate its share from samples.
     *
     * @return a time on one CPU
     */
    public Figure<Duration> userCpuTime() {
        return time(Counter.USER_CPU);
    }

    /**
     * Returns the CPU time within the kernel. Kernels may estimate its share from samples.
     *
     * @return a time on one CPU
     */
    public Figure<Duration> systemCpuTime() {
        return time(Counter.SYSTEM_CPU);
    }

    /**
     * Returns how often the limit of CPUs stopped processes until the next period, usually of 100 ms.
     *
     * @return a number of periods
     */
    public Figure<Long> throttledPeriods() {
        return figure(Counter.THROTTLED_PERIODS);
    }

    /**
     * Returns how long the limit of CPUs stopped processes. The times of several CPUs add up.
     *
     * @return a time
     */
    public Figure<Duration> throttledTime() {
        return time(Counter.THROTTLED_TIME);
    }

    /**
     * Returns the most memory that was in use at a time: of all processes, and of all files in memory, such as those in
     * {@code /work}; cached files of the image count as well. The kernel knows the peak of the container's whole life
     * only. So if the container had used as much before, in its start, in an earlier command or in an earlier sandbox
     * that it was cleaned after, that is an upper bound.
     *
     * @return bytes
     */
    public Figure<Long> peakMemory() {
        return figure(Counter.PEAK_MEMORY);
    }

    /**
     * Returns how often the memory limit was reached. Mostly the kernel then makes room by dropping cached files.
     *
     * @return a number of times; unknown near the limit where the kernel may not count, as Linux 6.18 does
     *     not in control groups of version 1
     */
    public Figure<Long> memoryLimitReached() {
        return figure(Counter.MEMORY_LIMIT_REACHED);
    }

    /**
     * Returns how many processes were killed because the memory limit was reached and there was no room to be made.
     *
     * @return a number of processes
     */
    public Figure<Long> processesKilledForMemory() {
        return figure(Counter.MEMORY_KILLS);
    }

    /**
     * Returns how often no process or thread could be started because of the limit of processes. It is not known where
     * the limit is one of the sandbox's user, as in a pod of Kubernetes: the kernel counts only what a control group
     * refuses.
     *
     * @return a number of times
     */
    public Figure<Long> forksRefused() {
        return figure(Counter.FORKS_REFUSED);
    }

    /**
     * Returns what was sent, and what could not be.
     *
     * @return the figures of the network
     */
    public NetworkUsage network() {
        return new NetworkUsage(figures);
    }

    private Figure<Long> figure(Counter counter) {
        return Objects.requireNonNull(figures.get(counter));
    }

    private Figure<Duration> time(Counter counter) {
        return figure(counter).map(Duration::ofNanos);
    }

    /**
     * Returns all figures for messages.
     *
     * @return one line for each group
     */
    @Override
    public String toString() {
        return "time: " + Units.round(wallTime) + "; CPU time: " + cpuTime().map(Units::round) + ", user "
                + userCpuTime().map(Units::round) + ", system " + systemCpuTime().map(Units::round) + "; throttled: "
                + throttledPeriods() + " periods, " + throttledTime().map(Units::round)
                + "\nmemory: " + peakMemory().map(Units::describe) + "; limit reached: " + memoryLimitReached()
                + "; processes killed: " + processesKilledForMemory() + "; forks refused: " + forksRefused()
                + "\nnetwork: " + network();
    }
}
