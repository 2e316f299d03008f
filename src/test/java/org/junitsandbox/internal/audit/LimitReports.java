package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

/** What the kernel reports inside a container of the default profile, on several engines. */
final class LimitReports {

    /** The lines that do not depend on the version of control groups. */
    private static final String PROCESS = """
            mount / overlay ro,relatime
            mount /dev tmpfs rw,nosuid,size=65536k,mode=755
            mount /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=66560k
            mount /work tmpfs rw,nosuid,nodev,relatime,size=65536k
            mount /tmp tmpfs rw,nosuid,nodev,relatime,size=65536k
            place /dev/shm rwxk 0
            place /work rwxk 0
            place /tmp rwxk 0
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

    static final String VERSION_1 = PROCESS + """
            pids.max 128
            memory.limit_in_bytes 268435456
            memory.memsw.limit_in_bytes 268435456
            cpu.cfs_quota_us 100000
            cpu.cfs_period_us 100000
            """;

    static final String VERSION_2 = PROCESS + """
            memory.max 268435456
            memory.swap.max 0
            cpu.max 100000 100000
            pids.max 128
            """;

    /** A pod, whose user is nobody else's. */
    static final String POD = PROCESS.replace(
                    "Uid: 65534\t65534\t65534\t65534", "Uid: 1879048193" + "\t1879048193".repeat(3))
            + """
            memory.max 268435456
            memory.swap.max 0
            cpu.max 100000 100000
            pids.max max
            Max file size 68157440 68157440 bytes
            Max processes 128 128 processes
            """;

    /** A rootless engine with version 1: the container is in the user's own group. */
    static final String ROOTLESS_1 = PROCESS + """
            pids.max max
            memory.limit_in_bytes 9223372036854771712
            memory.memsw.limit_in_bytes 9223372036854771712
            cpu.cfs_quota_us -1
            cpu.cfs_period_us 100000
            """;

    /** A rootless engine with version 2 to which only "memory" and "pids" are delegated, as systemd does by itself. */
    static final String ROOTLESS_2 = PROCESS + """
            memory.max 268435456
            memory.swap.max 0
            pids.max 128
            """;

    /** What gVisor's own kernel reports, whatever limits hold outside. */
    static final String GVISOR = """
            mount / 9p ro,trans=fd,rfdno=4,wfdno=4,aname=/,directfs
            mount /dev tmpfs rw,mode=0755
            mount /tmp tmpfs rw,size=67108864
            mount /work tmpfs rw,size=67108864,mode=1777
            mount /dev/shm tmpfs rw,noexec,mode=1777,size=68157440
            place /tmp rwxk 0
            place /work rwxk 0
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

    private LimitReports() {}

    /** Replaces one line of a report; "&" separates two lines. */
    static String changed(String text, String line, String instead) {
        assertThat(text).containsOnlyOnce(line + "\n");
        return text.replace(line + "\n", instead.replace(" & ", "\n") + "\n");
    }
}
