package org.junitsandbox.internal.audit;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The kernel's counters of a container at one time, from its control groups, of version 1 or 2. Immutable. */
public final class Counters {

    private static final long NANOS_PER_MICRO = 1_000;

    /** More than a kernel charges for at a time: a huge page, or 64 pages of 64 KiB. */
    private static final long MAX_CHARGE_BYTES = 8 << 20;

    private static final Map<String, Counter> KEYS = Map.ofEntries(
            Map.entry("cpuacct.usage", Counter.CPU),
            Map.entry("cpuacct.usage_user", Counter.USER_CPU),
            Map.entry("cpuacct.usage_sys", Counter.SYSTEM_CPU),
            Map.entry("cpu.stat usage_usec", Counter.CPU),
            Map.entry("cpu.stat user_usec", Counter.USER_CPU),
            Map.entry("cpu.stat system_usec", Counter.SYSTEM_CPU),
            Map.entry("cpu.stat nr_throttled", Counter.THROTTLED_PERIODS),
            Map.entry("cpu.stat throttled_time", Counter.THROTTLED_TIME),
            Map.entry("cpu.stat throttled_usec", Counter.THROTTLED_TIME),
            Map.entry("memory.max_usage_in_bytes", Counter.PEAK_MEMORY),
            Map.entry("memory.peak", Counter.PEAK_MEMORY),
            Map.entry("memory.failcnt", Counter.MEMORY_LIMIT_REACHED),
            // Without swap, both limits are the same, and this one is reached first.
            Map.entry("memory.memsw.failcnt", Counter.MEMORY_LIMIT_REACHED),
            Map.entry("memory.events max", Counter.MEMORY_LIMIT_REACHED),
            Map.entry("memory.oom_control oom_kill", Counter.MEMORY_KILLS),
            Map.entry("memory.events oom_kill", Counter.MEMORY_KILLS),
            Map.entry("pids.events max", Counter.FORKS_REFUSED),
            Map.entry("snmp6 Ip6OutNoRoutes", Counter.NO_ROUTE_IPV6),
            Map.entry("snmp Ip: OutNoRoutes", Counter.NO_ROUTE_IPV4),
            Map.entry("snmp Udp: NoPorts", Counter.DATAGRAMS_NOBODY_TOOK),
            Map.entry("snmp Udp: OutDatagrams", Counter.UDP_DATAGRAMS),
            Map.entry("snmp Tcp: ActiveOpens", Counter.TCP_CONNECTIONS));

    /** In control groups of version 1: without each of these, it is not known how often the limit was reached. */
    private static final Set<String> FILES_OF_MEMORY_LIMIT =
            Set.of("memory.failcnt", "memory.memsw.failcnt", "memory.limit_in_bytes");

    private final Map<Counter, Long> values = new EnumMap<>(Counter.class);

    /** The names of the values of a protocol, which stand on the line before these. */
    private final Map<String, String[]> names = new HashMap<>();

    /** The files that could not be read. */
    private final Set<String> disturbed = new HashSet<>();

    private boolean hasIpv6;

    /** In control groups of version 1; otherwise 0. */
    private long memoryLimit;

    private Counters() {}

    /** Reads the supervisor's report: lines of the kernel's files, each after its file's name. */
    public static Counters parse(String report) {
        Counters counters = new Counters();
        report.lines().forEach(counters::add);
        if (!counters.hasIpv6) {
            counters.values.remove(Counter.NO_ROUTE_IPV6);
        }
        counters.checkMemoryLimit();
        return counters;
    }

    /**
     * Some kernels have files for how often the limit was reached, but count nothing there: the first count shows that
     * they do. Only a peak far below the limit proves a 0, as kernels charge for more than one page at a time.
     */
    private void checkMemoryLimit() {
        Long peak = values.get(Counter.PEAK_MEMORY);
        boolean belowLimit = peak != null && peak < memoryLimit - MAX_CHARGE_BYTES;
        if (!Collections.disjoint(disturbed, FILES_OF_MEMORY_LIMIT)) {
            values.remove(Counter.MEMORY_LIMIT_REACHED);
        }
        if (memoryLimit > 0 && !belowLimit && Long.valueOf(0).equals(values.get(Counter.MEMORY_LIMIT_REACHED))) {
            values.remove(Counter.MEMORY_LIMIT_REACHED);
        }
    }

    private void add(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length < 2) {
            return;
        }
        switch (words[0]) {
            case "disturbed" -> disturbed.add(words[1]);
            case "if_inet6" -> hasIpv6 = true;
            case "memory.limit_in_bytes" -> Amount.number(words[1]).ifPresent(limit -> memoryLimit = limit);
            case "snmp" -> addProtocol(words);
            case "dev" -> addInterface(line.substring(line.indexOf(' ') + 1));
            default -> put(String.join(" ", Arrays.copyOf(words, words.length - 1)), words[words.length - 1]);
        }
    }

    private void addProtocol(String[] words) {
        String[] known = names.putIfAbsent(words[1], words);
        for (int i = 2; known != null && i < Math.min(words.length, known.length); i++) {
            put("snmp " + words[1] + " " + known[i], words[i]);
        }
    }

    /** An interface's line has eight values on what was received before those on what was sent. */
    private void addInterface(String line) {
        int colon = line.indexOf(':');
        String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
        if (colon < 0 || fields.length < 10) {
            return;
        }
        boolean loopback = line.substring(0, colon).strip().equals("lo");
        Amount.number(fields[9]).ifPresent(packets -> {
            values.merge(Counter.LOOPBACK_PACKETS, loopback ? packets : 0, Long::sum);
            values.merge(Counter.SENT_PACKETS, loopback ? 0 : packets, Long::sum);
        });
    }

    private void put(String key, String text) {
        Counter counter = KEYS.get(key);
        if (counter != null) {
            long unit = key.endsWith("_usec") ? NANOS_PER_MICRO : 1;
            Amount.number(text).ifPresent(value -> values.merge(counter, value * unit, Long::sum));
        }
    }

    /** Whether signals kept the supervisor from reading a file, so that its counters are missing. */
    public boolean isDisturbed() {
        return !disturbed.isEmpty();
    }

    /** Returns by how much a counter has grown since an earlier time; empty where that is not known. */
    public OptionalLong increase(Counter counter, Counters since) {
        Long before = since.values.get(counter);
        Long now = values.get(counter);
        return before == null || now == null || now < before ? OptionalLong.empty() : OptionalLong.of(now - before);
    }

    /** Returns the most memory that was in use since an earlier time; empty where that is not known. */
    public Optional<Peak> peakMemory(Counters since) {
        Long before = since.values.get(Counter.PEAK_MEMORY);
        Long now = values.get(Counter.PEAK_MEMORY);
        return before == null || now == null || now < before
                ? Optional.empty()
                : Optional.of(new Peak(now, now > before));
    }

    /**
     * The most memory in use at a time, in bytes.
     *
     * @param exact whether it was reached in the time in question, and not only before
     */
    public record Peak(long bytes, boolean exact) {}
}
