package org.junitsandbox.internal.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to make a container.
 *
 * @param image an image's id
 * @param command the program and arguments of PID 1; the image's own entry point is not used
 * @param environment what to add to the image's environment
 * @param user a user name or {@code uid:gid}
 * @param workingDirectory created by the engine as root's; null for the image's
 * @param network a network's name, "none", "host", or null for the engine's default
 * @param tmpfs mount options by directory
 * @param isolation what the container's processes may do
 * @param resources how much they may use
 * @param runtime the OCI runtime's name, or null for the engine's default
 * @param forImage whether an image is to be made of it, which would keep what marks it as this JVM's: so it has no such
 *     mark
 */
public record ContainerConfig(
        String image,
        List<String> command,
        Map<String, String> environment,
        String user,
        @Nullable String workingDirectory,
        @Nullable String network,
        Map<String, String> tmpfs,
        Isolation isolation,
        Resources resources,
        @Nullable String runtime,
        boolean forImage) {

    /** What the processes of a container may do. */
    public record Isolation(boolean readOnlyRoot, boolean dropCapabilities, boolean noNewPrivileges) {}

    /**
     * How much a container may use; 0 is the engine's default.
     *
     * @param memoryBytes memory; swap is none on top
     * @param nanoCpus CPU time, in 1/1,000,000,000 of a CPU
     * @param processes processes and threads at a time
     * @param openFiles open files per process
     * @param shmBytes the size of /dev/shm
     */
    public record Resources(long memoryBytes, long nanoCpus, long processes, long openFiles, long shmBytes) {}
}
