package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.audit.RecordedCounters;
import org.junitsandbox.shell.CommandResults;

class FindingsTests {

    @Test
    void leavesOutOnlyWhatIsKnownToBeZero() {
        String before = "cpuacct.usage 0\npids.events max 0\nmemory.failcnt 0\n";
        String after = "cpuacct.usage 2000000\npids.events max 3\nmemory.failcnt 0\n";

        assertThat(Findings.ofCommand(CommandResults.used(before, after, "tool").usage()))
                .contains("CPU time 2 ms", "forks refused: 3", "processes killed for memory: unknown")
                .contains("network attempts without a route: unknown")
                .noneMatch(part -> part.startsWith("memory limit reached"));
    }

    @Test
    void nameWhatIsNotKnownOnAnOldKernelBesideWhatItCounts() {
        String report = RecordedCounters.report("linux-4.15.2");

        assertThat(Findings.ofCommand(CommandResults.used(RecordedCounters.zero(report), report, "tool").usage()))
                .contains("memory unknown", "memory limit reached: 114", "processes killed for memory: 8")
                .noneMatch(part -> part.startsWith("forks refused") || part.startsWith("CPU limit reached"));
    }
}
