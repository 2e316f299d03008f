package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.audit.RecordedCounters.report;
import static org.junitsandbox.internal.audit.RecordedCounters.zero;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Usage by counters that other kernels wrote, with control groups of version 2. */
class RecordedUsageTests {

    private static Usage since(String before, String after) {
        return CommandResults.used(before, after, "tool").usage();
    }

    /** What was used since the control group was made. */
    private static Usage of(String folder) {
        return since(zero(report(folder)), report(folder));
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }

    @Test
    void hasWhatALimitOfCpusHeldBackBetweenTwoReadings() {
        Usage usage = since(report("linux-6.8-cpu-before"), report("linux-6.8-cpu-after"));

        assertThat(usage.cpuTime()).isEqualTo(Figure.exactly(micros(423_305 - 6_258)));
        assertThat(usage.userCpuTime()).isEqualTo(Figure.exactly(micros(417_479 - 4_172)));
        assertThat(usage.systemCpuTime()).isEqualTo(Figure.exactly(micros(5_825 - 2_086)));
        assertThat(usage.throttledPeriods()).isEqualTo(Figure.exactly(20L));
        assertThat(usage.throttledTime()).isEqualTo(Figure.exactly(micros(1_597_813)));
        assertThat(usage.peakMemory().upperBound()).isEmpty();
    }

    @Test
    void hasThePeakAndNoCountBelowTheMemoryLimit() {
        Usage usage = of("linux-6.8-memory-below-limit");

        assertThat(usage.peakMemory()).isEqualTo(Figure.exactly(274_055_168L));
        assertThat(usage.memoryLimitReached()).isEqualTo(Figure.exactly(0L));
        assertThat(usage.processesKilledForMemory()).isEqualTo(Figure.exactly(0L));
    }

    @Test
    void hasTheCountsOfAMemoryLimitThatWasReached() {
        Usage usage = of("linux-6.8-memory-at-limit");

        assertThat(usage.peakMemory()).isEqualTo(Figure.exactly(536_870_912L));
        assertThat(usage.memoryLimitReached()).isEqualTo(Figure.exactly(46L));
        assertThat(usage.processesKilledForMemory()).isEqualTo(Figure.exactly(1L));
    }

    @Test
    void hasTheForksThatWereRefused() {
        assertThat(of("linux-7.0-processes").forksRefused()).isEqualTo(Figure.exactly(1L));
    }

    @Test
    void hasFiguresBeyond32Bits() {
        Usage usage = of("long-lived");

        assertThat(usage.cpuTime()).isEqualTo(Figure.exactly(micros(98_701_325_189L)));
        assertThat(usage.throttledPeriods()).isEqualTo(Figure.exactly(6_004L));
        assertThat(usage.throttledTime()).isEqualTo(Figure.exactly(micros(19_175_137_007L)));
        assertThat(usage.peakMemory()).isEqualTo(Figure.exactly(87_302_021_120L));
    }

    @Test
    void knowsAllOfANewControlGroup() {
        Usage usage = of("linux-6.7-rc1");

        assertThat(usage.cpuTime()).isEqualTo(Figure.exactly(Duration.ZERO));
        assertThat(usage.throttledPeriods()).isEqualTo(Figure.exactly(0L));
        assertThat(usage.peakMemory().upperBound()).contains(0L);
        assertThat(usage.memoryLimitReached()).isEqualTo(Figure.exactly(0L));
        assertThat(usage.processesKilledForMemory()).isEqualTo(Figure.exactly(0L));
        assertThat(usage.forksRefused()).isEqualTo(Figure.exactly(0L));
    }

    @Test
    void hasNoPeakOnAKernelBefore519ButAllElse() {
        Usage usage = of("linux-4.15.2");

        assertThat(usage.peakMemory())
                .isEqualTo(Figure.unknown("its control group has neither memory.max_usage_in_bytes nor memory.peak,"
                        + " which Linux has from 5.19 on"));
        assertThat(usage.cpuTime()).isEqualTo(Figure.exactly(micros(48_830_679)));
        assertThat(usage.throttledPeriods()).isEqualTo(Figure.exactly(0L));
        assertThat(usage.memoryLimitReached()).isEqualTo(Figure.exactly(114L));
        assertThat(usage.processesKilledForMemory()).isEqualTo(Figure.exactly(8L));
        assertThat(usage.forksRefused()).isEqualTo(Figure.exactly(0L));
    }

    @Test
    void hasTheCountsOfMemoryWithoutItsPeak() {
        Usage usage = of("linux-5.6");

        assertThat(usage.peakMemory().upperBound()).isEmpty();
        assertThat(usage.memoryLimitReached()).isEqualTo(Figure.exactly(31_131L));
        assertThat(usage.processesKilledForMemory()).isEqualTo(Figure.exactly(0L));
    }

    @Test
    void doesNotTakeAMissingControllerOfProcessesForNoForkThatWasRefused() {
        Usage usage = of("without-process-limits");

        assertThat(usage.forksRefused()).isEqualTo(Figure.unknown("its control group has no max in pids.events"));
        assertThat(usage.peakMemory()).isEqualTo(Figure.exactly(7_229_440L));
        assertThat(usage.cpuTime()).isEqualTo(Figure.exactly(micros(126_686)));
    }
}
