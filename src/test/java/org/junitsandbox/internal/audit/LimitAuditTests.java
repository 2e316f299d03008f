package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitsandbox.internal.audit.LimitReports.GVISOR;
import static org.junitsandbox.internal.audit.LimitReports.ROOTLESS_1;
import static org.junitsandbox.internal.audit.LimitReports.ROOTLESS_2;
import static org.junitsandbox.internal.audit.LimitReports.VERSION_1;
import static org.junitsandbox.internal.audit.LimitReports.VERSION_2;
import static org.junitsandbox.internal.audit.LimitReports.changed;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;

/** What the audit finds in the reports of containers on several engines. */
class LimitAuditTests {

    private static final ContainerConfig UNTRUSTED = ContainerConfig.builder("id", List.of("/bin/sh"))
            .user("65534:65534")
            .network("none")
            .memoryMounts(List.of(new MemoryMount("/work", 64 << 20), new MemoryMount("/tmp", 64 << 20)))
            .limit(Limit.MEMORY_BYTES, 256 << 20)
            .limit(Limit.NANO_CPUS, 1_000_000_000)
            .limit(Limit.PROCESSES, 128)
            .limit(Limit.OPEN_FILES, 1024)
            .limit(Limit.SHARED_MEMORY_BYTES, 65 << 20)
            .build();

    private static ContainerConfig.Builder withoutRestrictions(ContainerConfig.Builder config) {
        for (Restriction restriction : Restriction.values()) {
            config.restriction(restriction, false);
        }
        return config;
    }

    private static List<LimitViolation> violations(String report) {
        return LimitAudit.violations(UNTRUSTED, EffectiveLimits.parse(report));
    }

    private static List<String> audit(ContainerConfig asked, String report) {
        return LimitAudit.violations(asked, EffectiveLimits.parse(report)).stream()
                .map(LimitViolation::toString)
                .toList();
    }

    private static List<String> audit(String report) {
        return audit(UNTRUSTED, report);
    }

    @Test
    void findsADirectoryThatItsUserCannotWriteTo() {
        assertThat(audit(changed(VERSION_1, "place /work rwxk 0", "place /dev/mqueue rwxk 0")))
                .containsExactly("/work: asked a directory that its user can write to, found one that it cannot");
    }

    /** Reports without a violation. */
    @Nested
    class WhereLimitsHold {

        @ParameterizedTest
        @ValueSource(strings = {VERSION_1, VERSION_2})
        void findsNothingWhereAllIsAsAsked(String report) {
            assertThat(audit(report)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "memory.memsw.limit_in_bytes 268435456 | memory.memsw.limit_in_bytes 268435455",
            // systemd rounds a quota up to whole percents.
            "cpu.cfs_quota_us 100000 | cpu.cfs_quota_us 101000",
            "pids.max 128 | pids.max 127",
            // A size is rounded up to a page, of 64 KiB on some machines.
            "mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k |"
                    + " mount /work tmpfs rw,nosuid,nodev,relatime,size=65600k",
            "net lo | net lo & net tunl0 & net sit0",
            "mount / overlay ro,relatime | mount / overlay ro & mount /etc/hosts ext4 ro,relatime",
        })
        void acceptsStricterLimitsAndWhatRoundingAdds(String line, String instead) {
            assertThat(audit(changed(VERSION_1, line, instead))).isEmpty();
        }

        @Test
        void needsNoLimitOnSwapWhereTheMachineHasNone() {
            String noAccounting = changed(VERSION_1, "memory.memsw.limit_in_bytes 268435456", "");

            assertThat(audit(noAccounting)).containsExactly("swap: asked none, found 2 GiB (SwapTotal is 2097152 kB)");
            assertThat(audit(changed(noAccounting, "SwapTotal: 2097152 kB", "SwapTotal: 0 kB"))).isEmpty();
        }

        @Test
        void missesNothingThatWasNotAskedFor() {
            ContainerConfig nothing = withoutRestrictions(ContainerConfig.builder("id", List.of("/bin/sh")))
                    .user("somebody")
                    .network(null)
                    .build();

            assertThat(audit(nothing, "")).isEmpty();
        }

        @Test
        void checksOnlyTheLimitsWhereNothingIsRestricted() {
            ContainerConfig trusted = withoutRestrictions(UNTRUSTED.toBuilder())
                    .user("0:0")
                    .network(null)
                    .build();
            String report = ROOTLESS_1
                    .replace("65534", "0")
                    .replaceAll("Cap(\\w+): 0+", "Cap$1: 00000000a80425fb")
                    .replace("NoNewPrivs: 1", "NoNewPrivs: 0")
                    .replace("Seccomp: 2", "Seccomp: 0")
                    .replace("net lo", "net lo\nnet eth0")
                    .replace("/ overlay ro", "/ overlay rw");

            assertThat(audit(trusted, report))
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactly("memory", "swap", "CPUs", "processes");
        }
    }

    /** Reports of pods, whose limits are those of their processes and of their user. */
    @Nested
    class InAPod {

        private static final String POD = LimitReports.POD;
        private static final String PROCESSES = "Max processes 128 128 processes";
        private static final String FILE_SIZE = "Max file size 68157440 68157440 bytes";

        @Test
        void takesTheLimitOnTheProcessesOfAUserThatIsNobodyElses() {
            assertThat(audit(POD)).isEmpty();
            assertThat(audit(changed(POD, PROCESSES, "Max processes 128 129 processes")))
                    .containsExactly("processes: asked 128, found 129 (Max processes is 129)");
            assertThat(audit(changed(POD, PROCESSES, "Max processes unlimited unlimited processes")))
                    .containsExactly("processes: asked 128, found no limit (Max processes is unlimited)");
        }

        /** A program with a privilege can go on as another user, or without limits. */
        @ParameterizedTest
        @ValueSource(strings = {"NoNewPrivs: 1 | NoNewPrivs: 0", "CapEff: 0000000000000000 | CapEff: 0000000001000000"})
        void doesNotTakeItWherePrivilegesCanBeGained(String change) {
            String[] parts = change.split(" \\| ", -1);

            assertThat(audit(changed(POD, parts[0], parts[1])))
                    .contains("processes: asked 128, found no limit (pids.max is max)");
        }

        @Test
        void doesNotTakeItForAUserThatWasAskedForByItsNumber() {
            ContainerConfig asked = UNTRUSTED.toBuilder().user("1879048193:65534").build();

            assertThat(audit(asked, POD)).containsExactly("processes: asked 128, found no limit (pids.max is max)");
        }

        @Test
        void acceptsAFileOfTheNodeOnlyWhereTheSizeOfFilesIsBounded() {
            String file = "mount " + ContainerConfig.TERMINATION_FILE + " ext4 rw";
            String open = changed(POD, "net lo", "net lo & " + file);

            assertThat(audit(open)).isEmpty();
            assertThat(audit(changed(open, FILE_SIZE, "Max file size 68157440 68157441 bytes")))
                    .containsExactly("file system at " + ContainerConfig.TERMINATION_FILE
                            + ": asked none that can be written to, found ext4 with rw");
        }
    }

    /** Reports that show less than was asked for. */
    @Nested
    class WhereLimitsAreBroken {

        @Test
        void reportsAGroupWithoutLimitsLimitByLimit() {
            assertThat(audit(ROOTLESS_1))
                    .containsExactly(
                            "memory: asked 256 MiB, found no limit (memory.limit_in_bytes is 9223372036854771712)",
                            "swap: asked none, found no limit (memory.memsw.limit_in_bytes is 9223372036854771712)",
                            "CPUs: asked 1.0, found no limit (cpu.cfs_quota_us is -1, cpu.cfs_period_us is 100000)",
                            "processes: asked 128, found no limit (pids.max is max)");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "memory.max 268435456 | memory.max 268439552 |"
                    + " memory: asked 256 MiB, found 262148 KiB (memory.max is 268439552)",
            "memory.max 268435456 | memory.max max | memory: asked 256 MiB, found no limit (memory.max is max)",
            "memory.max 268435456 | memory.max ? | memory: asked 256 MiB, could not be checked",
            "memory.swap.max 0 | memory.swap.max 4096 | swap: asked none, found 4 KiB (memory.swap.max is 4096)",
            "memory.swap.max 0 | x | swap: asked none, found 2 GiB (SwapTotal is 2097152 kB)",
            "cpu.max 100000 100000 | cpu.max 200000 100000 | CPUs: asked 1.0, found 2.0 (cpu.max is 200000 100000)",
            "cpu.max 100000 100000 | cpu.max max 100000 | CPUs: asked 1.0, found no limit (cpu.max is max 100000)",
            "cpu.max 100000 100000 | cpu.max 100000 | CPUs: asked 1.0, could not be checked",
            "cpu.max 100000 100000 | cpu.max 9 0 | CPUs: asked 1.0, could not be checked",
            "pids.max 128 | pids.max 2048 | processes: asked 128, found 2048 (pids.max is 2048)",
            "openFiles 1024 | openFiles 1048576 | open files: asked 1024, found 1048576 (openFiles is 1048576)",
            "openFiles 1024 | openFiles unlimited | open files: asked 1024, found no limit (openFiles is unlimited)",
            "core 0 | core unlimited | size of core dumps: asked none, found no limit (core is unlimited)",
        })
        void reportsALooserAmount(String line, String instead, String message) {
            assertThat(audit(changed(VERSION_2, line, instead))).containsExactly(message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "Uid: 65534\t65534\t65534\t65534 | Uid: 0\t0\t0\t0 | user: asked 65534, found Uid: 0 0 0 0",
            "Uid: 65534\t65534\t65534\t65534 | Uid: 65534\t65534\t0\t65534 |"
                    + " user: asked 65534, found Uid: 65534 65534 0 65534",
            "Gid: 65534\t65534\t65534\t65534 | Gid: 0\t0\t0\t0 | group: asked 65534, found Gid: 0 0 0 0",
            "CapBnd: 0000000000000000 | CapBnd: 00000000a80425fb |"
                    + " capabilities: asked none, found CapBnd: 00000000a80425fb",
            "CapAmb: 0000000000000000 | CapAmb: 0000000000000001 |"
                    + " capabilities: asked none, found CapAmb: 0000000000000001",
            "NoNewPrivs: 1 | NoNewPrivs: 0 | no new privileges: asked on, found NoNewPrivs: 0",
            "Seccomp: 2 | Seccomp: 0 | filter of system calls: asked on, found Seccomp: 0",
            "net lo | net lo & net eth0 | network: asked none, found interface eth0",
            "traceable no | traceable yes | PID 1 out of commands' reach: asked yes, found traceable yes",
        })
        void reportsAWeakerIsolation(String line, String instead, String message) {
            assertThat(audit(changed(VERSION_2, line, instead))).containsExactly(message);
        }

        @Test
        void acceptsAnInterfaceThatTheEngineHasCutOffAndNothingElse() {
            String text = changed(
                    changed(VERSION_2, "net lo", "net lo & net eth0"), "Seccomp: 2", "Seccomp: 0");

            assertThat(LimitAudit.violations(UNTRUSTED, EffectiveLimits.parse(text), true))
                    .extracting(LimitViolation::limit)
                    .containsExactly("filter of system calls");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "/ overlay ro,relatime | / overlay rw,relatime |"
                    + " root file system: asked read-only, found / as overlay with rw,relatime",
            "/ overlay ro,relatime | / overlay ro & mount /data ext4 rw,relatime |"
                    + " file system at /data: asked none that can be written to, found ext4 with rw,relatime",
            "/ overlay ro,relatime | / overlay ro & mount / ext4 rw |"
                    + " root file system: asked read-only, found / as ext4 with rw",
            "/dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=66560k | /dev/shm tmpfs rw,size=1g |"
                    + " size of /dev/shm: asked 65 MiB, found 1 GiB (/dev/shm is tmpfs with rw,size=1g)",
            "/work tmpfs rw,nosuid,nodev,relatime,size=65536k | /work tmpfs rw |"
                    + " size of /work: asked 64 MiB, found no limit (/work is tmpfs with rw)",
            "/work tmpfs rw,nosuid,nodev,relatime,size=65536k | /x tmpfs rw |"
                    + " size of /work: asked 64 MiB, found no limit (nothing is mounted there)",
        })
        void reportsALooserFileSystem(String mount, String instead, String message) {
            assertThat(audit(changed(VERSION_1, "mount " + mount, "mount " + instead))).containsExactly(message);
        }
    }

    /** Reports that leave something open. */
    @Nested
    class WhereNothingIsShown {

        @Test
        void leavesTheLimitOfAMissingControllerUnchecked() {
            assertThat(audit(ROOTLESS_2))
                    .containsExactly("CPUs: asked 1.0, could not be checked");
        }

        @Test
        void takesTheGroupsOfAnotherKernelForNoEvidence() {
            List<LimitViolation> violations = violations(GVISOR);

            assertThat(LimitAudit.message(violations, "engine 1"))
                    .isEqualTo("""
                            Not all limits are known to hold on engine 1:
                              memory: asked 256 MiB, could not be checked
                              swap: asked none, could not be checked
                              CPUs: asked 1.0, could not be checked
                              processes: asked 128, could not be checked
                              no new privileges: asked on, could not be checked
                              filter of system calls: asked on, could not be checked
                            What could not be checked is hidden by the kernel that the container sees: it is not the \
                            machine's, as with gVisor, or it is older than Linux 4.10.""");
        }

        /** gVisor takes a limit on a user's processes, and lets more of them start. */
        @Test
        void takesTheLimitsOfAUserOfAnotherKernelForNoEvidence() {
            String report = changed(LimitReports.POD, "NoNewPrivs: 1", "Threads: 1");

            assertThat(audit(report)).contains("processes: asked 128, could not be checked");
            assertThat(EffectiveLimits.parse(report).processesOfUser()).isEmpty();
        }

        @Test
        void leavesEverythingUncheckedInAnEmptyReport() {
            assertThat(audit(""))
                    .allSatisfy(line -> assertThat(line).endsWith(", could not be checked"))
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactly(
                            "memory",
                            "swap",
                            "CPUs",
                            "processes",
                            "open files",
                            "size of core dumps",
                            "size of /dev/shm",
                            "size of /tmp",
                            "size of /work",
                            "user",
                            "group",
                            "capabilities",
                            "capabilities",
                            "no new privileges",
                            "PID 1 out of commands' reach",
                            "filter of system calls",
                            "root file system",
                            "network");
        }

        @Test
        void explainsWhatWasCutOff() {
            String cut = VERSION_2.substring(0, VERSION_2.indexOf("core 0"));

            assertThat(violations(cut))
                    .extracting(LimitViolation::toString, LimitViolation::remedy)
                    .contains(tuple(
                            "memory: asked 256 MiB, could not be checked",
                            "What could not be checked was not reported: the container"
                                    + " has so many mounts that there was no room for the rest."));
        }
    }

    @Test
    void namesEveryLimitAndEveryRemedyOnce() {
        List<LimitViolation> violations = List.of(
                new LimitViolation("a", "1", "found 2", "Do this."),
                new LimitViolation("b", "3", "found 4", "Do that."),
                new LimitViolation("c", "5", "found 6", "Do this."));

        assertThat(LimitAudit.message(violations, "engine 1"))
                .isEqualTo("""
                        Not all limits are known to hold on engine 1:
                          a: asked 1, found 2
                          b: asked 3, found 4
                          c: asked 5, found 6
                        Do this.
                        Do that.""");
    }
}
