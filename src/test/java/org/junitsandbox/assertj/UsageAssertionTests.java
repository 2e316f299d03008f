package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.shell.CommandResults.used;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.CommandResult;

/** What assertions on the usage of a command report. The counters are those of files as the kernel writes them. */
class UsageAssertionTests {

    private static final String NOTHING =
            """
            snmp Ip: OutNoRoutes
            snmp Ip: 0
            snmp Tcp: ActiveOpens
            snmp Tcp: 0
            snmp Udp: NoPorts OutDatagrams
            snmp Udp: 0 0
            snmp6 Ip6OutNoRoutes 0
            if_inet6 00000000000000000000000000000001 01 80 10 80 lo
            dev lo: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
            dev eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
            memory.peak 1048576
            cpu.stat usage_usec 0
            """;

    private static final CommandResult MODEST = used(
            NOTHING,
            NOTHING.replace("memory.peak 1048576", "memory.peak 2097152").replace("usec 0", "usec 1500"),
            "tool --flag");

    /** Expects the first paragraph of a message. */
    private static void assertFails(Runnable assertion, String message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion::run)
                .withMessageStartingWith("\n" + message + "\n\nCommand:   tool --flag\n");
    }

    @Test
    void findsThatLittleMemoryWasUsed() {
        assertThat(MODEST).usedAtMost("2MiB").usedAtMost(2 << 20);

        assertFails(
                () -> assertThat(MODEST).usedAtMost("1MiB"),
                "Expecting the command to use at most 1 MiB of memory\nbut it used 2 MiB");
    }

    @Test
    void takesAPeakOfBeforeForAnUpperBound() {
        CommandResult below = used(NOTHING, NOTHING, "tool --flag");

        assertThat(below).usedAtMost("1MiB");
        assertFails(
                () -> assertThat(below).usedAtMost("1kB"),
                "Expecting the command to use at most 1000 B of memory\n"
                        + "but that is not known: it used at most 1 MiB, as the container's processes and files had"
                        + " used that much before, and not more since. With recycle = FALSE, each sandbox has a new"
                        + " container");
    }

    @Test
    void refusesALimitThatIsNoSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(MODEST).usedAtMost("64 megs"))
                .withMessageStartingWith("\"64 megs\" is not a size");
    }

    @Test
    void findsThatLittleCpuTimeWasUsed() {
        assertThat(MODEST).usedCpuAtMost(Duration.ofNanos(1_500_000));

        assertFails(
                () -> assertThat(MODEST).usedCpuAtMost(Duration.ofMillis(1)),
                "Expecting the command to use at most 0.001 s of CPU time\nbut it used 0.0015 s");
    }

    @Test
    void findsThatNothingWasTried() {
        assertThat(MODEST).triedNoNetwork();
        assertThat(used(
                        NOTHING,
                        NOTHING.replace("Udp: 0 0", "Udp: 0 9")
                                .replace("Tcp: 0", "Tcp: 9")
                                .replace("lo: 0 0 0 0 0 0 0 0 0 0", "lo: 0 0 0 0 0 0 0 0 9 9"),
                        "tool --flag"))
                .as("a connection and datagrams within the sandbox")
                .triedNoNetwork();
    }

    @ParameterizedTest
    @CsvSource({
        "snmp Ip: 0, snmp Ip: 1, 1 attempt to reach an IPv4 address",
        "Ip6OutNoRoutes 0, Ip6OutNoRoutes 2, 2 attempts to reach an IPv6 address",
        "snmp Udp: 0 0, snmp Udp: 3 3, 3 datagrams to a port of its own where nothing listens",
        "eth0: 0 0 0 0 0 0 0 0 0 0, eth0: 0 0 0 0 0 0 0 0 99 1, 1 packet sent to a network"
    })
    void countsAttempts(String before, String after, String found) {
        CommandResult result = used(NOTHING, NOTHING.replace(before, after), "tool --flag");

        assertFails(
                () -> assertThat(result).triedNoNetwork(),
                "Expecting the command not to try to reach a network\nbut it made " + found);
    }

    @Test
    void listsAllKindsOfAttempts() {
        CommandResult result = used(
                NOTHING,
                NOTHING.replace("snmp Ip: 0", "snmp Ip: 4").replace("Ip6OutNoRoutes 0", "Ip6OutNoRoutes 4"),
                "tool --flag");

        assertFails(
                () -> assertThat(result).triedNoNetwork(),
                "Expecting the command not to try to reach a network\n"
                        + "but it made 4 attempts to reach an IPv4 address, 4 attempts to reach an IPv6 address");
    }

    @Test
    void namesWhatElseTheFigureCovers() {
        CommandResult result =
                used(NOTHING, NOTHING.replace("snmp Ip: 0", "snmp Ip: 4"), "getent hosts a", "tool --flag");

        assertFails(
                () -> assertThat(result).triedNoNetwork(),
                """
                Expecting the command not to try to reach a network
                but it made 4 attempts to reach an IPv4 address.
                That is the figure of 2 activities together, running `getent hosts a`, running `tool --flag`.
                To set the command apart, call shell.usage() before it, or set usage = EACH_COMMAND""");
    }

    @Test
    void namesTheLastOfMany() {
        CommandResult result = used(
                NOTHING,
                NOTHING.replace("usec 0", "usec 9000"),
                IntStream.rangeClosed(1, 80).mapToObj(i -> "c" + i).toArray(String[]::new));

        assertFails(
                () -> assertThat(result).usedCpuAtMost(Duration.ofMillis(1)),
                """
                Expecting the command to use at most 0.001 s of CPU time
                but it used 0.009 s.
                That is the figure of 80 activities together, at last running `c76`, running `c77`, running `c78`, \
                running `c79`, running `c80`.
                To set the command apart, call shell.usage() before it, or set usage = EACH_COMMAND""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snmp Ip", "snmp Udp", "dev"})
    void doesNotTakeAMissingCounterForNoAttempt(String missing) {
        String without = NOTHING.replaceAll("(?m)^" + missing + ".*\n", "");
        CommandResult result = used(without, without, "tool --flag");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result).triedNoNetwork())
                .withMessageContaining("not to try to reach a network\nbut that is not known: /proc/net/");
    }

    @Test
    void findsNoAttemptsWhereIpv6IsOff() {
        String off = NOTHING.replaceAll("(?m)^if_inet6.*\n", "");

        assertThat(used(off, off, "tool --flag")).triedNoNetwork();
    }

    @Test
    void doesNotTakeAFileThatCouldNotBeReadForIpv6BeingOff() {
        String disturbed = NOTHING.replaceAll("(?m)^snmp6.*\n", "disturbed snmp6\n");

        assertFails(
                () -> assertThat(used(disturbed, disturbed, "tool --flag")).triedNoNetwork(),
                "Expecting the command not to try to reach a network\nbut that is not known: signals of the sandbox's"
                        + " processes disturbed each attempt to read the counters");
    }

    @Test
    void failsWithTheReasonOfAFigureThatIsNotKnown() {
        CommandResult result = used("", "", "tool --flag");

        assertFails(
                () -> assertThat(result).usedAtMost("1GiB"),
                "Expecting the command to use at most 1 GiB of memory\nbut that is not known: its control group has"
                        + " neither memory.max_usage_in_bytes nor memory.peak, which Linux has from 5.19 on");
        assertFails(
                () -> assertThat(result).usedCpuAtMost(Duration.ofHours(1)),
                "Expecting the command to use at most 3600 s of CPU time\nbut that is not known: its control group has"
                        + " neither cpuacct.usage nor usage_usec in cpu.stat");
        assertFails(
                () -> assertThat(result).triedNoNetwork(),
                "Expecting the command not to try to reach a network\nbut that is not known: /proc/net/snmp has no"
                        + " OutNoRoutes");
    }

    @Test
    void reportsAllFigures() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(MODEST).usedAtMost(0))
                .withMessageEndingWith(
                        """

                        Usage:     time: 250 ms; CPU time: 1.5 ms, user unknown (its control group has neither \
                        cpuacct.usage_user nor user_usec in cpu.stat), system unknown (its control group has neither \
                        cpuacct.usage_sys nor system_usec in cpu.stat); throttled: unknown (its control group has no \
                        nr_throttled in cpu.stat) periods, unknown (its control group has neither throttled_time nor \
                        throttled_usec in cpu.stat)
                                   memory: 2 MiB; limit reached: unknown (its control group has no max in \
                        memory.events, nor a memory.failcnt that counts); processes killed: unknown (its control group \
                        has no oom_kill in memory.oom_control or memory.events); forks refused: unknown (its control \
                        group has no max in pids.events)
                                   network: without a route: 0 over IPv4, 0 over IPv6; datagrams that nobody took: 0; \
                        packets sent: 0, by loopback 0; TCP connections: 0; UDP datagrams: 0""");
    }

    @Test
    void collectsSoftFailures() {
        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(MODEST).usedAtMost("1MiB").usedCpuAtMost(Duration.ZERO).triedNoNetwork();

        assertThat(softly.errorsCollected()).hasSize(2);
    }

    @Test
    void failsOnNoResult() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat((CommandResult) null).triedNoNetwork())
                .withMessageContaining("Expecting actual not to be null");
    }
}
