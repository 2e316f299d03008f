package org.junitsandbox.internal.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a container says of its own limits and isolation: lines out of {@code /proc} and of its control groups, of
 * version 1 or 2.
 *
 * @param values what is said once, by its name there: {@code "Seccomp:"}, {@code "memory.max"}
 * @param mounts the topmost mount of each place
 * @param interfaces network interfaces
 */
public record EffectiveLimits(Map<String, String> values, Map<String, Mount> mounts, List<String> interfaces) {

    /** In place of an amount: none is too much. */
    static final long UNLIMITED = Long.MAX_VALUE;

    /** Version 1 says so by a number, the largest that its unit of memory, the page, leaves. */
    private static final long UNLIMITED_FROM = 1L << 62;

    private static final Pattern SIZE = Pattern.compile("(?:^|,)size=(\\d+)([kmgKMG]?)(?:,|$)");

    /**
     * A mounted file system.
     *
     * @param options separated by commas
     */
    record Mount(String type, String options) {

        boolean isReadOnly() {
            return List.of(options.split(",", -1)).contains("ro");
        }

        boolean isInMemory() {
            return type.equals("tmpfs");
        }

        @Override
        public String toString() {
            return type + " with " + options;
        }
    }

    /**
     * An amount, and what shows it.
     *
     * @param value {@link #UNLIMITED} for none
     */
    record Amount(long value, String evidence) {}

    /** What Linux has told since 4.10, and a runtime's own kernel, gVisor's for example, does not. */
    private static final String TOLD_BY_LINUX = "NoNewPrivs:";

    /** What the supervisor says last. */
    private static final String END = "end";

    /** What another kernel says of its own account: nothing about the limits that hold for it. */
    private static final Pattern KERNELS_OWN = Pattern.compile("(memory|cpu|pids)\\..*|SwapTotal:|Seccomp:");

    /** Reads the supervisor's answer; lines that it does not know say nothing. */
    public static EffectiveLimits parse(String text) {
        Map<String, String> values = new HashMap<>();
        Map<String, Mount> mounts = new LinkedHashMap<>();
        List<String> interfaces = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", 2);
            String rest = words.length == 2 ? words[1].replace('\t', ' ').strip() : "";
            switch (words[0]) {
                case "net" -> interfaces.add(rest);
                case "mount" -> {
                    String[] mount = rest.split(" ", 3);
                    if (mount.length == 3) {
                        mounts.put(mount[0], new Mount(mount[1], mount[2]));
                    }
                }
                default -> values.put(words[0], rest);
            }
        }
        EffectiveLimits found = new EffectiveLimits(values, mounts, interfaces);
        if (!found.isOfLinux()) {
            values.keySet().removeIf(name -> KERNELS_OWN.matcher(name).matches());
        }
        return found;
    }

    /** Whether it was told by Linux, and not by a kernel between it and the container. */
    boolean isOfLinux() {
        return values.containsKey(TOLD_BY_LINUX);
    }

    /** Whether all was told that there was to tell; otherwise the rest did not fit into the supervisor's answer. */
    boolean isWhole() {
        return values.containsKey(END);
    }

    @Nullable String value(String name) {
        return values.get(name);
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
            long value = together.get().value() == UNLIMITED
                    ? UNLIMITED
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
                : toLong(total.replace(" kB", "")).map(kib -> new Amount(kib << 10, "SwapTotal is " + total));
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
            return Optional.of(new Amount(UNLIMITED, evidence));
        }
        return toLong(quota).flatMap(time -> toLong(period)
                .filter(each -> each > 0)
                .map(each -> new Amount((long) (time * 1e9 / each), evidence)));
    }

    /** Processes and threads at a time. */
    Optional<Amount> processes() {
        return number("pids.max");
    }

    /** The number that stands under a name: "max", "unlimited" and what no machine has are {@link #UNLIMITED}. */
    Optional<Amount> number(String name) {
        String text = values.get(name);
        if (text == null) {
            return Optional.empty();
        }
        String evidence = name + " is " + text;
        return text.equals("max") || text.equals("unlimited")
                ? Optional.of(new Amount(UNLIMITED, evidence))
                : toLong(text).map(value -> new Amount(value >= UNLIMITED_FROM ? UNLIMITED : value, evidence));
    }

    /** The size of the memory file system at a place, in bytes. */
    Optional<Amount> memoryFileSystem(String place) {
        Mount mount = mounts.get(place);
        if (mount == null) {
            return mounts.isEmpty() ? Optional.empty() : Optional.of(new Amount(UNLIMITED, "nothing is mounted there"));
        }
        long size = mount.isInMemory() ? size(mount.options()).orElse(UNLIMITED) : UNLIMITED;
        return Optional.of(new Amount(size, place + " is " + mount));
    }

    /** Reads a size out of mount options, in bytes; a number without a unit counts bytes. */
    static Optional<Long> size(String options) {
        Matcher size = SIZE.matcher(options);
        if (!size.find()) {
            return Optional.empty();
        }
        int shift = switch (size.group(2)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            default -> 0;
        };
        return toLong(size.group(1)).map(number -> number << shift);
    }

    private static Optional<Long> toLong(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
