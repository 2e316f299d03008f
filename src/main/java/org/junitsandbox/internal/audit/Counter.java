package org.junitsandbox.internal.audit;

/** What the kernel counts for a container, and where it reports that. All but {@link #PEAK_MEMORY} only grow. */
public enum Counter {
    /** CPU time of all processes, in nanoseconds. */
    CPU("its control group has neither cpuacct.usage nor usage_usec in cpu.stat"),
    USER_CPU("its control group has neither cpuacct.usage_user nor user_usec in cpu.stat"),
    SYSTEM_CPU("its control group has neither cpuacct.usage_sys nor system_usec in cpu.stat"),
    /** Periods in which the CPU limit stopped the container's processes. */
    THROTTLED_PERIODS("its control group has no nr_throttled in cpu.stat"),
    /** How long the CPU limit stopped processes, in nanoseconds; several count several times. */
    THROTTLED_TIME("its control group has neither throttled_time nor throttled_usec in cpu.stat"),
    /** The most memory that was in use at a time since the container's start, in bytes. */
    PEAK_MEMORY("its control group has neither memory.max_usage_in_bytes nor memory.peak, which Linux has from 5.19"
            + " on"),
    MEMORY_LIMIT_REACHED("its control group has no max in memory.events, nor a memory.failcnt that counts"),
    MEMORY_KILLS("its control group has no oom_kill in memory.oom_control or memory.events"),
    FORKS_REFUSED("its control group has no max in pids.events"),
    /** Attempts to send for which there was no route. */
    NO_ROUTE_IPV4("/proc/net/snmp has no OutNoRoutes"),
    /** Without an address of IPv6, not even loopback's, an attempt fails before a route is looked for. */
    NO_ROUTE_IPV6("IPv6 is off in the sandbox, so that an attempt over IPv6 fails before the kernel counts it"),
    /** Datagrams that arrived where nobody listens: with a resolver on loopback, name look-ups for example. */
    DATAGRAMS_NOBODY_TOOK("/proc/net/snmp has no NoPorts"),
    TCP_CONNECTIONS("/proc/net/snmp has no ActiveOpens"),
    UDP_DATAGRAMS("/proc/net/snmp has no OutDatagrams"),
    LOOPBACK_PACKETS("/proc/net/dev has no line of the interface lo"),
    /** Packets on all interfaces but loopback. */
    SENT_PACKETS("/proc/net/dev is missing");

    private final String whereMissing;

    Counter(String whereMissing) {
        this.whereMissing = whereMissing;
    }

    /** Returns the reason why a sandbox may lack this counter, as a clause. */
    public String whereMissing() {
        return whereMissing;
    }

    /** Whether it counts for the network, which may be another container's or the host's as well. */
    public boolean isOfNetwork() {
        return compareTo(NO_ROUTE_IPV4) >= 0;
    }
}
