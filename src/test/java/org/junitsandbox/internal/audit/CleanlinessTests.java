package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;

/** When a container counts as clean after it was used. */
class CleanlinessTests {

    private static final ContainerConfig UNTRUSTED =
            ContainerConfig.builder("image", List.of("/bin/sh")).user("65534:65534").build();

    /** Of Docker 20.10 with control groups of version 1, a part. */
    private static final String FIRST = """
            mount / overlay ro,relatime
            mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k
            Umask: 0022
            Uid: 65534 65534 65534 65534
            Gid: 65534 65534 65534 65534
            SigIgn: 0000000000000000
            CapInh: 0000000000000000
            CapPrm: 0000000000000000
            CapEff: 0000000000000000
            CapBnd: 0000000000000000
            CapAmb: 0000000000000000
            NoNewPrivs: 1
            Seccomp: 2
            Cpus_allowed: 3
            Max open files 1024 1024 files
            scheduling 20 0 0 0
            fdinfo/7 flags: 01
            net lo
            sockets TCP: inuse 0 tw 0
            memory.usage_in_bytes 1196032
            oom_kill 0
            place /dev/shm rwxk 0
            place /work rwxk 0
            processes /proc/1
            traceable no
            reopen yes
            programs fixed
            end
            """;

    @Test
    void findsNothingInAnEqualReport() {
        assertThat(Cleanliness.residues(FIRST, FIRST)).isEmpty();
    }

    @Test
    void letsCountersGrow() {
        String now = FIRST.replace("in_bytes 1196032", "in_bytes 2392064").replace("oom_kill 0", "oom_kill 3");

        assertThat(Cleanliness.residues(FIRST, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "place /work rwxk 0, place /work rwxk 1",
        "place /work rwxk 0, place /work rx 0",
        "processes /proc/1, processes /proc/1 /proc/77",
        "Cpus_allowed: 3, Cpus_allowed: 1",
        "scheduling 20 0 0 0, scheduling 39 19 0 0",
        "fdinfo/7 flags: 01, fdinfo/7 flags: 04001",
        "sockets TCP: inuse 0 tw 0, sockets TCP: inuse 0 tw 2",
        "Max open files 1024 1024 files, Max open files 64 64 files",
        "SigIgn: 0000000000000000, SigIgn: 0000000000000002"
    })
    void findsALineThatHasChanged(String before, String after) {
        assertThat(Cleanliness.residues(FIRST, FIRST.replace(before, after)))
                .containsExactly("no more: " + before, "now: " + after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm 0 32768 600 4096 12 12 0", "nested /work /work/under", "unix @hidden"})
    void findsALineThatIsNew(String line) {
        assertThat(Cleanliness.residues(FIRST, FIRST.replace("traceable", line + "\ntraceable")))
                .containsExactly("now: " + line);
    }

    @Test
    void findsALineThatStandsTwice() {
        assertThat(Cleanliness.residues(FIRST, FIRST.replace("net lo", "net lo\nnet lo")))
                .containsExactly("the lines are in another order");
    }

    @Test
    void findsAReportThatWasCutOff() {
        assertThat(Cleanliness.residues(FIRST, FIRST.substring(0, FIRST.indexOf("traceable"))))
                .containsExactly(
                        "the report is not complete",
                        "no more: traceable no",
                        "no more: reopen yes",
                        "no more: programs fixed",
                        "no more: end");
    }

    @Test
    void escapesWhatStandsInAReport() {
        assertThat(Cleanliness.residues(FIRST, FIRST.replace("traceable", "unix @\u001b[2J\ntraceable")))
                .containsExactly("now: unix @\\u001B[2J");
    }

    @Test
    void isProvableUnderTheStrictestConfiguration() {
        assertThat(Cleanliness.isProvable(UNTRUSTED, FIRST)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isNotProvableWithoutARestriction(Restriction restriction) {
        ContainerConfig looser = UNTRUSTED.toBuilder().restriction(restriction, false).build();

        assertThat(Cleanliness.isProvable(looser, FIRST)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Uid: 65534 65534 65534 65534, Uid: 0 0 0 0",
        "traceable no, traceable yes",
        "reopen yes, reopen no",
        "programs fixed, programs open",
        "'place /work rwxk 0\n', ''",
        "NoNewPrivs: 1, NoNewPrivs: 0",
        "'mount / overlay ro,relatime', 'mount / overlay rw,relatime'",
        "'mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k', 'mount /work ext4 rw'",
        "place /work rwxk 0, place /work rwxk 2",
        "processes /proc/1, processes /proc/1 /proc/7",
        "net lo, nested /work /work/under"
    })
    void isNotProvableWhereCommandsCanChangeMore(String provable, String not) {
        assertThat(FIRST).contains(provable);
        assertThat(Cleanliness.isProvable(UNTRUSTED, FIRST.replace(provable, not))).isFalse();
    }

    @Test
    void isNotProvableByAReportThatWasCutOff() {
        assertThat(Cleanliness.isProvable(UNTRUSTED, FIRST.replace("\nend\n", "\n"))).isFalse();
    }
}
