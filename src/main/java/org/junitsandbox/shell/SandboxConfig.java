package org.junitsandbox.shell;

import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;
import org.junitsandbox.internal.protocol.Supervisor;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** What an engine is asked for to get the sandbox of a spec. */
final class SandboxConfig {

    /** The supervisor's own share of {@code /dev/shm}, besides a command's input, in bytes. */
    private static final long SUPERVISOR_BYTES = 1 << 20;

    private SandboxConfig() {}

    /**
     * Checks sizes that only make sense together.
     *
     * @throws IllegalArgumentException if what is kept in memory may be larger than that
     */
    static void check(SandboxSpec spec) {
        ResourceLimits limits = spec.limits();
        if (isWorkInMemory(spec.profile())) {
            checkFits(spec, "work", limits.workBytes());
        }
        if (spec.profile().readOnlyRoot()) {
            checkFits(spec, "tmp", limits.tmpBytes());
        }
        checkFits(spec, "input", limits.inputBytes());
    }

    private static void checkFits(SandboxSpec spec, String limit, long bytes) {
        long memory = spec.limits().memoryBytes();
        if (bytes > memory) {
            throw new IllegalArgumentException("No sandbox from " + ImageDescription.of(spec) + ": the limit " + limit
                    + " is " + Units.describe(bytes) + ", of which every byte counts as memory, and the limit memory"
                    + " is " + Units.describe(memory) + ". Raise memory, to more than " + limit + ", or lower " + limit
                    + ".");
        }
    }

    /** A directory that the engine makes is root's: any other user gets a memory file system. */
    private static boolean isWorkInMemory(Profile profile) {
        return profile.readOnlyRoot() || !profile.isRoot();
    }

    /**
     * Returns the configuration of a container for commands.
     *
     * @param image see {@link ContainerConfig#image()}
     */
    static ContainerConfig forCommands(SandboxSpec spec, String image) {
        Profile profile = spec.profile();
        ResourceLimits limits = spec.limits();
        boolean workInMemory = isWorkInMemory(profile);
        List<MemoryMount> mounts = new ArrayList<>();
        if (workInMemory) {
            mounts.add(new MemoryMount(Session.WORK, limits.workBytes()));
        }
        if (profile.readOnlyRoot()) {
            mounts.add(new MemoryMount("/tmp", limits.tmpBytes()));
        }
        return ContainerConfig.builder(image, Supervisor.commandLine(spec.shell(), Session.WORK))
                .environment(spec.environment())
                .user(profile.user())
                .home(Session.WORK)
                .workingDirectory(workInMemory ? null : Session.WORK)
                .network(profile.network())
                .memoryMounts(mounts)
                .restriction(Restriction.READ_ONLY_ROOT, profile.readOnlyRoot())
                .restriction(Restriction.NO_CAPABILITIES, !profile.capabilities())
                .restriction(Restriction.NO_NEW_PRIVILEGES, !profile.newPrivileges())
                .limit(Limit.MEMORY_BYTES, limits.memoryBytes())
                .limit(Limit.NANO_CPUS, (long) (limits.cpus() * 1e9))
                .limit(Limit.PROCESSES, limits.processes())
                .limit(Limit.OPEN_FILES, limits.openFiles())
                .limit(Limit.SHARED_MEMORY_BYTES, limits.inputBytes() + SUPERVISOR_BYTES)
                .runtime(spec.runtime())
                .reusable(spec.recycle())
                .build();
    }

    /**
     * Returns the configuration of a container for set-up commands, which are trusted.
     *
     * @param image what they add to; see {@link ContainerConfig#image()}
     */
    static ContainerConfig forSetup(SandboxSpec spec, String image) {
        return ContainerConfig.builder(image, Supervisor.commandLine(spec.shell(), "/"))
                .user("0:0")
                .network(spec.setupNetwork())
                .restriction(Restriction.READ_ONLY_ROOT, false)
                .restriction(Restriction.NO_CAPABILITIES, false)
                .restriction(Restriction.NO_NEW_PRIVILEGES, false)
                .runtime(spec.runtime())
                .forImage()
                .build();
    }
}
