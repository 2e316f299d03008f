package org.junitsandbox.internal.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel reports inside a container of its limits and isolation: lines of {@code /proc} and of its control
 * groups, of version 1 or 2.
 */
public final class EffectiveLimits {

    /** Linux has this line since 4.10; a runtime's own kernel, gVisor's for example, does not. */
    private static final String ONLY_LINUX_HAS = "NoNewPrivs:";

    /** The last line of a report. */
    private static final String END = "end";

    /** Lines that another kernel makes up: they do not show the limits that hold for it. */
    private static final Pattern NO_EVIDENCE = Pattern.compile(
            "(memory|cpu|pids)\\..*|SwapTotal:|Seccomp:|Max processes");

    /** A line of {@code /proc/PID/limits}: a limit, what is in force, and how far a process may raise that. */
    private static final Pattern PROCESS_LIMIT = Pattern.compile("(\\D+?) (\\d+|unlimited) (\\d+|unlimited)( .*)?");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Mount> mounts = new LinkedHashMap<>();
    private final List<String> interfaces = new ArrayList<>();
    private final Set<String> writablePlaces = new HashSet<>();

    private EffectiveLimits() {}

    /** Reads the supervisor's report; unknown lines have no effect. */
    public static EffectiveLimits parse(String report) {
        EffectiveLimits limits = new EffectiveLimits();
        for (String line : report.split("\n", -1)) {
            limits.add(line);
        }
        if (!limits.isOfLinux()) {
            limits.values.keySet().removeIf(name -> NO_EVIDENCE.matcher(name).matches());
        }
        return limits;
    }

    private void add(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length == 2 ? words[1].replace('\t', ' ').strip() : "";
        switch (words[0]) {
            case "net" -> interfaces.add(rest);
            case "place" -> writablePlaces.add(rest.split(" ", 2)[0]);
            case "mount" -> {
                String[] mount = rest.split(" ", 3);
                if (mount.length == 3) {
                    mounts.put(mount[0], new Mount(mount[1], mount[2]));
                }
            }
            case "Max" -> {
                Matcher limit = PROCESS_LIMIT.matcher(rest);
                if (limit.matches()) {
                    values.put("Max " + limit.group(1), limit.group(3));
                }
            }
            default -> values.put(words[0], rest);
        }
    }

    /** Whether the report is Linux's, and not that of a kernel between Linux and the container. */
    public boolean isOfLinux() {
        return values.containsKey(ONLY_LINUX_HAS);
    }

    /** Whether the report is complete; otherwise its end did not fit into the supervisor's reply. */
    boolean isComplete() {
        return values.containsKey(END);
    }

    /** Returns what stands on the line that begins with a name, {@code "Seccomp:"} for example. */
    @Nullable String value(String name) {
        return values.get(name);
    }

    /** The topmost mount of each place. */
    Map<String, Mount> mounts() {
        return mounts;
    }

    /** Whether a place that is mounted to be written to can be written to by the user of commands. */
    boolean isWritable(String place) {
        return writablePlaces.contains(place);
    }

    /** The names of all network interfaces. */
    List<String> interfaces() {
        return interfaces;
    }

    /** How many processes the memory limit has killed since the container's start; 0 where that is not reported. */
    public long outOfMemoryKills() {
        return number("oom_kill").map(Amount::value).orElse(0L);
    }

    /** Memory of all processes, in bytes. */
    Optional<Amount> memory() {
        return number("memory.max").or(() -> number("memory.limit_in_bytes"));
    }

    /** Swap besides memory, in bytes. */
    Optional<Amount> swap() {
        Optional<Amount> together = number("memory.memsw.limit_in_bytes");
        Optional<Amount> memory = number("memory.limit_in_bytes");
        if (together.isPresent() && memory.isPresent()) {
            long value = together.get().isUnlimited()
                    ? Amount.UNLIMITED
                    : Math.max(0, together.get().value() - memory.get().value());
            return Optional.of(new Amount(value, together.get().evidence()));
        }
        return number("memory.swap.max");
    }

    /** Swap of the machine, in bytes. */
    Optional<Amount> machineSwap() {
        String total = values.get("SwapTotal:");
        return total == null
                ? Optional.empty()
                : Amount.number(total.replace(" kB", "")).map(kib -> new Amount(kib << 10, "SwapTotal is " + total));
    }

    /** CPU time, in 1/1,000,000,000 of a CPU. */
    Optional<Amount> nanoCpus() {
        String max = values.get("cpu.max");
        if (max != null) {
            String[] quotaAndPeriod = max.split(" ", -1);
            return quotaAndPeriod.length != 2
                    ? Optional.empty()
                    : nanoCpus(quotaAndPeriod[0], quotaAndPeriod[1], "cpu.max is " + max);
        }
        String quota = values.get("cpu.cfs_quota_us");
        String period = values.get("cpu.cfs_period_us");
        return quota == null || period == null
                ? Optional.empty()
                : nanoCpus(quota, period, "cpu.cfs_quota_us is " + quota + ", cpu.cfs_period_us is " + period);
    }

    private static Optional<Amount> nanoCpus(String quota, String period, String evidence) {
        if (quota.equals("max") || quota.equals("-1")) {
            return Optional.of(new Amount(Amount.UNLIMITED, evidence));
        }
        return Amount.number(quota).flatMap(time -> Amount.number(period)
                .filter(each -> each > 0)
                .map(each -> new Amount((long) (time * 1e9 / each), evidence)));
    }

    /** Processes and threads at a time. */
    Optional<Amount> processes() {
        return number("pids.max");
    }

    /** Processes and threads of its user at a time, on the whole machine. */
    Optional<Amount> processesOfUser() {
        return number("Max processes");
    }

    /**
     * Whether the control group refuses forks before the limit of its user does. Only what the group refuses is
     * counted.
     */
    public boolean isGroupFirstToRefuseForks() {
        long ofUser = processesOfUser().map(Amount::value).orElse(Amount.UNLIMITED);
        return processes().map(Amount::value).orElse(Amount.UNLIMITED) <= ofUser;
    }

    /** The number on the line that begins with a name. */
    Optional<Amount> number(String name) {
        String text = values.get(name);
        return text == null ? Optional.empty() : Amount.parse(text, name + " is " + text);
    }

    /** The size of the memory file system at a place, in bytes. */
    Optional<Amount> memoryFileSystem(String place) {
        Mount mount = mounts.get(place);
        if (mount == null) {
            return mounts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Amount(Amount.UNLIMITED, "nothing is mounted there"));
        }
        long size = mount.isInMemory() ? mount.sizeBytes().orElse(Amount.UNLIMITED) : Amount.UNLIMITED;
        return Optional.of(new Amount(size, place + " is " + mount));
    }
}
