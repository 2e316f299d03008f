package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.audit.Counters.Peak;

/** Counters as kernels report them. */
class CountersTests {

    /** Recorded on Linux 6.18 with control groups of version 1. */
    private static final String VERSION_1 =
            """
            snmp Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos \
            InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout
            snmp Ip: 2 64 40 0 0 0 0 0 40 41 0 4 0
            snmp Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails
            snmp Tcp: 1 200 120000 -1 5 6 0
            snmp Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors
            snmp Udp: 0 7 0 8 0
            snmp6 Ip6OutNoRoutes 9
            if_inet6 00000000000000000000000000000001 01 80 10 80 lo
            dev lo: 5220 60 0 0 0 0 0 0 5220 61 0 0 0 0 0 0
            dev eth0: 866 11 0 0 0 0 0 0 42 12 0 0 0 0 0 0
            dev eth1:866 11 0 0 0 0 0 0 42 13 0 0 0 0 0 0
            pids.events max 14\s
            memory.max_usage_in_bytes 4456448\s
            memory.failcnt 4\s
            memory.memsw.failcnt 11\s
            memory.oom_control oom_kill_disable 0
            memory.oom_control under_oom 0
            memory.oom_control oom_kill 16
            cpuacct.usage 36978177\s
            cpuacct.usage_user 8000000\s
            cpuacct.usage_sys 27978177\s
            cpu.stat nr_periods 100
            cpu.stat nr_throttled 17
            cpu.stat throttled_time 1800
            """;

    private static final String VERSION_2 = "snmp6 Ip6OutNoRoutes 9\n"
            + "if_inet6 00000000000000000000000000000001 01 80 10 80 lo\n"
            + RecordedCounters.report("as-documented");

    private static final Map<Counter, Long> COMMON = Map.of(
            Counter.THROTTLED_PERIODS, 17L,
            Counter.MEMORY_LIMIT_REACHED, 15L,
            Counter.MEMORY_KILLS, 16L,
            Counter.FORKS_REFUSED, 14L,
            Counter.NO_ROUTE_IPV6, 9L);

    /** Returns the report with each number replaced by 0. */
    private static Counters zero(String report) {
        return Counters.parse(RecordedCounters.zero(report));
    }

    private static Map<Counter, Long> increases(String report) {
        Map<Counter, Long> increases = new EnumMap<>(Counter.class);
        Counters counters = Counters.parse(report);
        for (Counter counter : Counter.values()) {
            counters.increase(counter, zero(report)).ifPresent(value -> increases.put(counter, value));
        }
        return increases;
    }

    @Test
    void readsControlGroupsOfVersion1() {
        Map<Counter, Long> increases = increases(VERSION_1);

        assertThat(increases)
                .containsAllEntriesOf(COMMON)
                .containsEntry(Counter.CPU, 36_978_177L)
                .containsEntry(Counter.USER_CPU, 8_000_000L)
                .containsEntry(Counter.SYSTEM_CPU, 27_978_177L)
                .containsEntry(Counter.THROTTLED_TIME, 1_800L)
                .containsEntry(Counter.PEAK_MEMORY, 4_456_448L);
    }

    @Test
    void readsControlGroupsOfVersion2InTheSameUnits() {
        assertThat(increases(VERSION_2))
                .containsAllEntriesOf(COMMON)
                .containsEntry(Counter.CPU, 36_978_000L)
                .containsEntry(Counter.USER_CPU, 8_000_000L)
                .containsEntry(Counter.SYSTEM_CPU, 28_978_000L)
                .containsEntry(Counter.THROTTLED_TIME, 18_000L)
                .containsEntry(Counter.PEAK_MEMORY, 4_456_448L);
    }

    @Test
    void knowsTheCpuTimeOfVersion2WithoutItsController() {
        Map<Counter, Long> increases = increases(RecordedCounters.report("linux-6.18-without-controllers"));

        assertThat(increases)
                .containsOnlyKeys(Counter.CPU, Counter.USER_CPU, Counter.SYSTEM_CPU)
                .containsEntry(Counter.CPU, 470_832_000L);
    }

    @Test
    void readsWhatWasSentAndWhatWasNot() {
        assertThat(increases(VERSION_1))
                .containsEntry(Counter.NO_ROUTE_IPV4, 4L)
                .containsEntry(Counter.TCP_CONNECTIONS, 5L)
                .containsEntry(Counter.DATAGRAMS_NOBODY_TOOK, 7L)
                .containsEntry(Counter.UDP_DATAGRAMS, 8L)
                .containsEntry(Counter.LOOPBACK_PACKETS, 61L)
                .containsEntry(Counter.SENT_PACKETS, 25L);
    }

    @ParameterizedTest
    @EnumSource
    void knowsNothingWithoutAReport(Counter counter) {
        assertThat(Counters.parse("").increase(counter, Counters.parse(VERSION_1))).isEmpty();
        assertThat(Counters.parse(VERSION_1).increase(counter, Counters.parse(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "memory.failcnt", "memory.failcnt x", "memory.failcnt 99999999999999999999", "failcnt 3", "memory.failcnt 3 4"
    })
    void takesNothingElseForACounter(String line) {
        assertThat(Counters.parse(line).increase(Counter.MEMORY_LIMIT_REACHED, Counters.parse("memory.failcnt 0")))
                .isEmpty();
    }

    @Test
    void doesNotTakeTheNamesOfAProtocolForValues() {
        Counters names = Counters.parse("snmp Udp: NoPorts\n");

        assertThat(names.increase(Counter.DATAGRAMS_NOBODY_TOOK, names)).isEmpty();
    }

    @Test
    void knowsNoAttemptsOverIpv6WhereItIsOff() {
        Counters off = Counters.parse("snmp6 Ip6OutNoRoutes 0\n");

        assertThat(off.increase(Counter.NO_ROUTE_IPV6, off)).isEmpty();
    }

    @Test
    void doesNotTakeTheSilenceOfAKernelForALimitThatWasNotReached() {
        String silent = "memory.limit_in_bytes 67108864\nmemory.failcnt 0\nmemory.memsw.failcnt 0\n";
        Counters far = Counters.parse(silent + "memory.max_usage_in_bytes 50000000");
        Counters near = Counters.parse(silent + "memory.max_usage_in_bytes 67108864");
        Counters counted = Counters.parse(
                silent.replace("failcnt 0", "failcnt 1") + "memory.max_usage_in_bytes 67108864");

        assertThat(far.increase(Counter.MEMORY_LIMIT_REACHED, far)).hasValue(0);
        assertThat(near.increase(Counter.MEMORY_LIMIT_REACHED, far)).isEmpty();
        assertThat(counted.increase(Counter.MEMORY_LIMIT_REACHED, far)).hasValue(2);
        assertThat(counted.increase(Counter.MEMORY_LIMIT_REACHED, counted)).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "memory.limit_in_bytes", "memory.failcnt", "memory.memsw.failcnt", "memory.max_usage_in_bytes"
    })
    void doesNotTakeAFileThatCouldNotBeReadForALimitThatWasNotReached(String file) {
        String near = """
                memory.limit_in_bytes 67108864\s
                memory.max_usage_in_bytes 67108864\s
                memory.failcnt 0\s
                memory.memsw.failcnt 0\s
                """;
        Counters first = Counters.parse(near.replace("usage_in_bytes 67108864", "usage_in_bytes 4456448"));
        Counters disturbed = Counters.parse(near.replaceAll("(?m)^" + file + " .*", "disturbed " + file));

        assertThat(first.increase(Counter.MEMORY_LIMIT_REACHED, first)).hasValue(0);
        assertThat(disturbed.increase(Counter.MEMORY_LIMIT_REACHED, first)).isEmpty();
        assertThat(disturbed.increase(Counter.MEMORY_LIMIT_REACHED, disturbed)).isEmpty();
    }

    @Test
    void countsNoLessBecauseOneOfTwoFilesCouldNotBeRead() {
        Counters zero = zero(VERSION_1);
        String disturbed = VERSION_1.replaceAll("(?m)^memory.memsw.failcnt .*", "disturbed memory.memsw.failcnt");

        assertThat(Counters.parse(disturbed).increase(Counter.MEMORY_LIMIT_REACHED, zero)).isEmpty();
        assertThat(Counters.parse(VERSION_1).increase(Counter.MEMORY_LIMIT_REACHED, Counters.parse(disturbed)))
                .isEmpty();
    }

    @Test
    void knowsNoIncreaseOfWhatHasFallen() {
        Counters less = Counters.parse("memory.failcnt 2");

        assertThat(less.increase(Counter.MEMORY_LIMIT_REACHED, Counters.parse("memory.failcnt 3"))).isEmpty();
        assertThat(less.increase(Counter.MEMORY_LIMIT_REACHED, less)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void knowsThePeakExactlyWhereItHasRisen() {
        Counters before = Counters.parse("memory.peak 1000");

        assertThat(Counters.parse("memory.peak 1001").peakMemory(before)).contains(new Peak(1001, true));
        assertThat(before.peakMemory(before)).contains(new Peak(1000, false));
        assertThat(before.peakMemory(Counters.parse(""))).isEmpty();
    }

    @Test
    void findsThatAFileCouldNotBeRead() {
        assertThat(Counters.parse("memory.peak 1").isDisturbed()).isFalse();
        assertThat(Counters.parse("disturbed cpu.stat\nmemory.peak 1").isDisturbed()).isTrue();
    }

    @Test
    void describesEveryCounterThatMayBeMissing() {
        assertThat(Stream.of(Counter.values()).map(Counter::whereMissing)).doesNotContain("").doesNotHaveDuplicates();
    }
}
