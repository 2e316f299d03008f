package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.harness.EngineLimits.Limit;
import org.junitsandbox.harness.HostNetwork;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** The figures of a usage beside independent ones, and what each covers. */
@Timeout(120)
class UsageIT {

    private static final SandboxSpec SPEC = ShellKind.DASH.spec();

    /** Some tenths of a second on any machine of today; ends with the CPU time of its shell, as that counts it. */
    private static final String BURN = "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done; times'";

    /** Reads "0m0.250000s 0m0.010000s", the user and system time in the first line of "times". */
    private static Duration timesOf(CommandResult result) {
        Duration sum = Duration.ZERO;
        for (String time : result.stdoutLines().get(0).split(" ", -1)) {
            String[] parts = time.replace("s", "").split("m", -1);
            sum = sum.plusMinutes(Long.parseLong(parts[0])).plusNanos((long) (Double.parseDouble(parts[1]) * 1e9));
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void measuresCpuTimeAsTheShellDoes(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec())) {
            shell.usage();
            CommandResult result = shell.run(BURN);

            // A shell counts in ticks of 10 ms, some without what came before it was itself.
            Duration expected = timesOf(result);
            assertThat(expected).isGreaterThan(Duration.ofMillis(50));
            assertThat(result.usage().cpuTime().value().toMillis())
                    .isCloseTo(expected.toMillis(), within(30 + expected.toMillis() / 10));
        }
    }

    /** Its report is user time, system time and the most memory of one process: seconds and KiB. */
    @Test
    void measuresCpuTimeAndMemoryAsGnuTimeDoes() {
        HostNetwork.assumeThatItLeadsOut();
        SandboxSpec spec = SPEC.setup("apt-get update", "apt-get install -y --no-install-recommends time");
        try (Shell shell = Shell.open(spec.recycle(false))) {
            shell.usage();
            CommandResult result =
                    shell.run("/usr/bin/time -f '%U %S %M' perl -e '$i = 0; $i++ while $i < 5e6; $x = \"a\" x 5e7;'");

            String[] reported = result.stderrLines().get(0).split(" ", -1);
            long cpuMillis = Math.round(1000 * (Double.parseDouble(reported[0]) + Double.parseDouble(reported[1])));
            long memoryBytes = Long.parseLong(reported[2]) << 10;
            assertThat(cpuMillis).isGreaterThan(100);
            // It cuts both times to 10 ms.
            assertThat(result.usage().cpuTime().value().toMillis())
                    .isCloseTo(cpuMillis, within(30 + cpuMillis / 20));
            // Pages of programs that other containers have read as well count for these.
            assertThat(memoryBytes).isGreaterThan(50_000_000);
            assertThat(result.usage().peakMemory().value()).isCloseTo(memoryBytes, within(8L << 20));
        }
    }

    @Test
    void measuresCpuTimeAsTheEngineDoes() throws IOException {
        assumeFalse(
                SuiteTable.engine().startsWith("Podman"),
                "Podman 4.3 reports times in user mode that are negative, which no client reads");
        try (Shell shell = Shell.open(SPEC)) {
            String container = EngineExec.containerOf(shell);
            shell.usage();
            Duration before = EngineExec.cpuTime(container);
            CommandResult result = shell.run(BURN);
            Duration after = EngineExec.cpuTime(container);

            // The engine's interval lies within that of the two readings, which cost some as well.
            Duration engine = after.minus(before);
            assertThat(engine).isGreaterThan(Duration.ofMillis(50));
            assertThat(result.usage().cpuTime().value()).isBetween(engine, engine.plusMillis(20));
        }
    }

    @Test
    void measuresPeakMemoryByWhatLiesInAFile() {
        try (Shell shell = Shell.open(SPEC.recycle(false))) {
            shell.usage();
            CommandResult result = shell.run("head -c 40000000 /dev/zero >big; du -b big");

            assertThat(result.stdout()).isEqualTo("40000000\tbig\n");
            assertThat(result.usage().peakMemory().value()).isBetween(40_000_000L, 40_000_000L + (8 << 20));
        }
    }

    @Test
    void boundsThePeakByWhatWasUsedBefore() {
        try (Shell shell = Shell.open(SPEC)) {
            shell.run("head -c 40000000 /dev/zero >big; rm big");
            Usage before = shell.usage();
            Figure<Long> after = shell.run("true").usage().peakMemory();

            assertThat(after.isExact()).isFalse();
            assertThat(after.upperBound()).isEqualTo(before.peakMemory().upperBound());
            assertThat(after.upperBound().orElseThrow()).isGreaterThan(40_000_000L);
            assertThat(after.reason())
                    .contains("the container's processes and files had used that much before, and not more since");
            assertThatIllegalStateException().isThrownBy(after::value).withMessageStartingWith(
                    "The value is not known: at most ");
        }
    }

    @Test
    void countsProcessesKilledForMemory() {
        try (Shell shell = Shell.open(SPEC.limits(ResourceLimits.DEFAULT.memory("64MiB").work("8MiB").tmp("8MiB")))) {
            EngineLimits.assumeThatItHolds(Limit.MEMORY, shell);
            shell.usage();
            CommandResult result = shell.run("tail /dev/zero & wait $!; echo $?; tail /dev/zero & wait $!; echo $?");

            assertThat(result.stdout()).isEqualTo("137\n137\n");
            assertThat(result.usage().processesKilledForMemory().value()).isEqualTo(2);
            // Linux 6.18 counts none in control groups of version 1.
            Figure<Long> reached = result.usage().memoryLimitReached();
            assertThat(reached.isExact() ? reached.value() >= 2 : reached.toString().endsWith("failcnt that counts)"))
                    .as(reached.toString())
                    .isTrue();
            assertThat(result.usage().peakMemory().value()).isBetween(60L << 20, 64L << 20);
            assertThat(shell.run("true").usage().processesKilledForMemory().value()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsForksRefusedAndNeedsNoProcessForIt(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec().limits(ResourceLimits.DEFAULT.processes(20)))) {
            EngineLimits.assumeThatItHolds(Limit.PROCESSES, shell);
            shell.usage();
            CommandResult result = shell.run("(while :; do sleep 50 & done) 2>/dev/null");

            assertThat(result.outcome().exitCode().orElseThrow()).isNotZero();
            if (Cluster.isUsed()) {
                assertThat(result.usage().forksRefused())
                        .hasToString("unknown (the limit of processes of the sandbox's user comes first, and the kernel"
                                + " does not count what that refuses)");
            } else {
                assertThat(result.usage().forksRefused().value()).isPositive();
            }
        }
    }

    @Test
    void measuresForHowLongTheCpuLimitStopsACommand() {
        try (Shell shell = Shell.open(SPEC.limits(ResourceLimits.DEFAULT.cpus(0.2)))) {
            EngineLimits.assumeThatItHolds(Limit.CPUS, shell);
            shell.usage();
            Usage usage = shell.run(BURN).usage();

            assertThat(usage.throttledPeriods().value()).isPositive();
            // One process that never waits: what it does not run, it is stopped, or the machine is busy. How much of
            // the first the kernel counts depends on its version.
            Duration waited = usage.wallTime().minus(usage.cpuTime().value());
            assertThat(usage.throttledTime().value())
                    .isPositive()
                    .isLessThan(waited.multipliedBy(11).dividedBy(10));
            assertThat(usage.throttledPeriods().value()).isLessThanOrEqualTo(usage.wallTime().toMillis() / 100 + 1);
            assertThat(usage.wallTime()).isGreaterThan(usage.cpuTime().value().multipliedBy(3));
        }
    }

    @Test
    void measuresWallTimeAsTheDurationsOfItsCommands() {
        try (Shell shell = Shell.open(SPEC)) {
            CommandResult first = shell.run("sleep 0.1");
            CommandResult second = shell.run("sleep 0.2");

            assertThat(second.usage().wallTime()).isEqualTo(first.duration().plus(second.duration()));
            assertThat(shell.usage().wallTime()).isEqualTo(second.usage().wallTime());
            assertThat(shell.run("sleep 0.1").usage().wallTime())
                    .isBetween(Duration.ofMillis(100), Duration.ofSeconds(9));
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesLittleWorkOfItsOwn(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec())) {
            shell.usage();
            for (int i = 0; i < 200; i++) {
                shell.run(":");
            }
            Duration each = shell.run(":").usage().cpuTime().value().dividedBy(201);

            // 1.6 ms on a machine of two CPUs.
            assertThat(each).isBetween(Duration.ofNanos(100_000), Duration.ofMillis(8));
        }
    }

    @Test
    void isNeverWrongWhileOrphansDie() {
        try (Shell shell = Shell.open(SPEC)) {
            shell.run("(while :; do (sh -c : &); done) >/dev/null 2>&1 &");
            for (int i = 0; i < 50; i++) {
                Usage usage = shell.run("true").usage();

                assertThat(usage.network().withoutRoute())
                        .satisfiesAnyOf(
                                count -> assertThat(count).isEqualTo(Figure.exactly(0L)),
                                count -> assertThat(count.reason())
                                        .hasValueSatisfying(reason -> assertThat(reason).startsWith("signals ")));
            }
        }
    }
}
