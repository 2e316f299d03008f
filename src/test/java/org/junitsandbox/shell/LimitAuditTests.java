package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.audit.LimitAudit;
import org.junitsandbox.internal.audit.LimitViolation;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** What the check makes of what containers on several engines tell. */
class LimitAuditTests {

    /** What is the same with each version of control groups. */
    private static final String PROCESS = """
            mount / overlay ro,relatime
            mount /dev tmpfs rw,nosuid,size=65536k,mode=755
            mount /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=66560k
            mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k
            mount /tmp tmpfs rw,nosuid,nodev,relatime,size=65536k
            Uid: 65534\t65534\t65534\t65534
            Gid: 65534\t65534\t65534\t65534
            CapInh: 0000000000000000
            CapPrm: 0000000000000000
            CapEff: 0000000000000000
            CapBnd: 0000000000000000
            CapAmb: 0000000000000000
            NoNewPrivs: 1
            Seccomp: 2
            SwapTotal: 2097152 kB
            net lo
            traceable no
            openFiles 1024
            core 0
            end
            """;

    private static final String VERSION_1 = PROCESS + """
            pids.max 128
            memory.limit_in_bytes 268435456
            memory.memsw.limit_in_bytes 268435456
            cpu.cfs_quota_us 100000
            cpu.cfs_period_us 100000
            """;

    private static final String VERSION_2 = PROCESS + """
            memory.max 268435456
            memory.swap.max 0
            cpu.max 100000 100000
            pids.max 128
            """;

    /** A rootless engine with version 1: the container is in the user's own group. */
    private static final String ROOTLESS_1 = PROCESS + """
            pids.max max
            memory.limit_in_bytes 9223372036854771712
            memory.memsw.limit_in_bytes 9223372036854771712
            cpu.cfs_quota_us -1
            cpu.cfs_period_us 100000
            """;

    /** A rootless engine with version 2 to which only "memory" and "pids" are delegated, as systemd does by itself. */
    private static final String ROOTLESS_2 = PROCESS + """
            memory.max 268435456
            memory.swap.max 0
            pids.max 128
            """;

    /** What gVisor's own kernel tells, whatever holds outside. */
    private static final String GVISOR = """
            mount / 9p ro,trans=fd,rfdno=4,wfdno=4,aname=/,directfs
            mount /dev tmpfs rw,mode=0755
            mount /tmp tmpfs rw,size=67108864
            mount /work tmpfs rw,size=67108864,mode=1777
            mount /dev/shm tmpfs rw,noexec,mode=1777,size=68157440
            Uid: 65534\t65534\t65534\t65534
            Gid: 65534\t65534\t65534\t65534
            CapInh: 0000000000000000
            CapPrm: 0000000000000000
            CapEff: 0000000000000000
            CapBnd: 0000000000000000
            Seccomp: 0
            SwapTotal: 0 kB
            net lo
            pids.max max
            memory.limit_in_bytes 9223372036854775807
            cpu.cfs_quota_us -1
            cpu.cfs_period_us 100000
            traceable no
            openFiles 1024
            core 0
            end
            """;

    private static final SandboxSpec UNTRUSTED = SandboxSpec.of("debian");

    private static List<String> audit(SandboxSpec spec, String found) {
        return LimitAudit.shortfalls(Session.config("id", spec), EffectiveLimits.parse(found)).stream()
                .map(LimitViolation::toString)
                .toList();
    }

    private static List<String> audit(String found) {
        return audit(UNTRUSTED, found);
    }

    /** Puts something in place of a line; "&" stands between two lines. */
    private static String changed(String text, String line, String instead) {
        assertThat(text).containsOnlyOnce(line + "\n");
        return text.replace(line + "\n", instead.replace(" & ", "\n") + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void thereIsNothingToSayWhereAllIsAsAsked(String found) {
        assertThat(audit(found)).isEmpty();
    }

    @Test
    void aGroupWithoutLimitsIsToldLimitByLimit() {
        assertThat(audit(ROOTLESS_1))
                .containsExactly(
                        "memory: asked 256 MiB, found no limit (memory.limit_in_bytes is 9223372036854771712)",
                        "swap: asked none, found no limit (memory.memsw.limit_in_bytes is 9223372036854771712)",
                        "CPUs: asked 1.0, found no limit (cpu.cfs_quota_us is -1, cpu.cfs_period_us is 100000)",
                        "processes: asked 128, found no limit (pids.max is max)");
    }

    @Test
    void aControllerThatIsMissingLeavesItsLimitUnchecked() {
        assertThat(audit(ROOTLESS_2))
                .containsExactly("CPUs: asked 1.0, could not be checked");
    }

    @Test
    void whatAKernelOtherThanTheMachinesSaysOfItsGroupsIsNoEvidence() {
        List<LimitViolation> shortfalls = LimitAudit.shortfalls(Session.config("id", UNTRUSTED), EffectiveLimits.parse(GVISOR));

        assertThat(LimitAudit.message(shortfalls, "engine 1"))
                .isEqualTo("""
                        Not all limits are known to hold on engine 1:
                          memory: asked 256 MiB, could not be checked
                          swap: asked none, could not be checked
                          CPUs: asked 1.0, could not be checked
                          processes: asked 128, could not be checked
                          no new privileges: asked on, could not be checked
                          filter of system calls: asked on, could not be checked
                        What could not be checked is hidden by the kernel that the container sees: it is not the machine's, as with \
                        gVisor, or it is older than Linux 4.10.""");
    }

    @Test
    void nothingToldLeavesEverythingUnchecked() {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "memory.max 268435456 | memory.max 268439552 | memory: asked 256 MiB, found 262148 KiB (memory.max is 268439552)",
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
    void aLooserAmountIsTold(String line, String instead, String message) {
        assertThat(audit(changed(VERSION_2, line, instead))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Uid: 65534\t65534\t65534\t65534 | Uid: 0\t0\t0\t0 | user: asked 65534, found Uid: 0 0 0 0",
        "Uid: 65534\t65534\t65534\t65534 | Uid: 65534\t65534\t0\t65534 | user: asked 65534, found Uid: 65534 65534 0 65534",
        "Gid: 65534\t65534\t65534\t65534 | Gid: 0\t0\t0\t0 | group: asked 65534, found Gid: 0 0 0 0",
        "CapBnd: 0000000000000000 | CapBnd: 00000000a80425fb | capabilities: asked none, found CapBnd: 00000000a80425fb",
        "CapAmb: 0000000000000000 | CapAmb: 0000000000000001 | capabilities: asked none, found CapAmb: 0000000000000001",
        "NoNewPrivs: 1 | NoNewPrivs: 0 | no new privileges: asked on, found NoNewPrivs: 0",
        "Seccomp: 2 | Seccomp: 0 | filter of system calls: asked on, found Seccomp: 0",
        "net lo | net lo & net eth0 | network: asked none, found interface eth0",
        "traceable no | traceable yes | PID 1 out of commands' reach: asked yes, found traceable yes",
    })
    void aWeakerIsolationIsTold(String line, String instead, String message) {
        assertThat(audit(changed(VERSION_2, line, instead))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/ overlay ro,relatime | / overlay rw,relatime | root file system: asked read-only, found / as overlay with rw,relatime",
        "/ overlay ro,relatime | / overlay ro & mount /data ext4 rw,relatime | file system at /data: asked none that can be written"
                + " to, found ext4 with rw,relatime",
        "/ overlay ro,relatime | / overlay ro & mount / ext4 rw | root file system: asked read-only, found / as ext4 with rw",
        "/dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=66560k | /dev/shm tmpfs rw,size=1g | size of /dev/shm: asked 65 MiB,"
                + " found 1 GiB (/dev/shm is tmpfs with rw,size=1g)",
        "/work tmpfs rw,nosuid,nodev,relatime,size=65536k | /work tmpfs rw | size of /work: asked 64 MiB, found no limit (/work is"
                + " tmpfs with rw)",
        "/work tmpfs rw,nosuid,nodev,relatime,size=65536k | /x tmpfs rw | size of /work: asked 64 MiB, found no limit (nothing is"
                + " mounted there)",
    })
    void aLooserFileSystemIsTold(String mount, String instead, String message) {
        assertThat(audit(changed(VERSION_1, "mount " + mount, "mount " + instead))).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "memory.memsw.limit_in_bytes 268435456 | memory.memsw.limit_in_bytes 268435455",
        // systemd rounds a quota up to whole percents.
        "cpu.cfs_quota_us 100000 | cpu.cfs_quota_us 101000",
        "pids.max 128 | pids.max 127",
        // A size is rounded up to a page, of 64 KiB on some machines.
        "mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k | mount /work tmpfs rw,nosuid,nodev,relatime,size=65600k",
        "net lo | net lo & net tunl0 & net sit0",
        "mount / overlay ro,relatime | mount / overlay ro & mount /etc/hosts ext4 ro,relatime",
    })
    void aStricterLimitAndWhatComesOfRoundingAreAsGood(String line, String instead) {
        assertThat(audit(changed(VERSION_1, line, instead))).isEmpty();
    }

    @Test
    void whatWasCutOffIsToldToBeThat() {
        String cut = VERSION_2.substring(0, VERSION_2.indexOf("core 0"));

        assertThat(LimitAudit.shortfalls(Session.config("id", UNTRUSTED), EffectiveLimits.parse(cut)))
                .extracting(LimitViolation::toString, LimitViolation::remedy)
                .contains(tuple(
                        "memory: asked 256 MiB, could not be checked",
                        "What could not be checked was not told: the container"
                                + " has so many mounts that there was no room for the rest."));
    }

    @Test
    void withoutSwapOnTheMachineItNeedsNoLimit() {
        String noAccounting = changed(VERSION_1, "memory.memsw.limit_in_bytes 268435456", "");

        assertThat(audit(noAccounting)).containsExactly("swap: asked none, found 2 GiB (SwapTotal is 2097152 kB)");
        assertThat(audit(changed(noAccounting, "SwapTotal: 2097152 kB", "SwapTotal: 0 kB"))).isEmpty();
    }

    @Test
    void whatIsNotAskedForIsNotMissed() {
        ContainerConfig nothing = new ContainerConfig(
                "id", List.of("/bin/sh"), Map.of(), "somebody", null, null, Map.of(),
                new ContainerConfig.Isolation(false, false, false), new ContainerConfig.Resources(0, 0, 0, 0, 0), null,
                false);

        assertThat(LimitAudit.shortfalls(nothing, EffectiveLimits.parse(""))).isEmpty();
    }

    @Test
    void theTrustedProfileAsksForItsLimitsOnly() {
        SandboxSpec trusted = UNTRUSTED.profile(Profile.TRUSTED);
        String found = ROOTLESS_1
                .replace("65534", "0")
                .replaceAll("Cap(\\w+): 0+", "Cap$1: 00000000a80425fb")
                .replace("NoNewPrivs: 1", "NoNewPrivs: 0")
                .replace("Seccomp: 2", "Seccomp: 0")
                .replace("net lo", "net lo\nnet eth0")
                .replace("/ overlay ro", "/ overlay rw");

        assertThat(audit(trusted, found))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("memory", "swap", "CPUs", "processes");
    }

    @Test
    void theMessageHasEveryLimitAndEveryRemedyOnce() {
        List<LimitViolation> shortfalls = List.of(
                new LimitViolation("a", "1", "found 2", "Do this."),
                new LimitViolation("b", "3", "found 4", "Do that."),
                new LimitViolation("c", "5", "found 6", "Do this."));

        assertThat(LimitAudit.message(shortfalls, "engine 1"))
                .isEqualTo("""
                        Not all limits are known to hold on engine 1:
                          a: asked 1, found 2
                          b: asked 3, found 4
                          c: asked 5, found 6
                        Do this.
                        Do that.""");
    }
}
