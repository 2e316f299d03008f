package org.junitsandbox.internal.engine.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;

/**
 * The limits that a pod has no fields for. The container's shell lowers them for itself before it becomes the
 * supervisor; no process can raise them again.
 */
final class ProcessLimits {

    /** In most shells; bash counts twice as much. */
    private static final long BLOCK_BYTES = 512;

    /** Set in every container, although service links are off. */
    private static final List<String> VARIABLES = List.of(
            "KUBERNETES_SERVICE_HOST",
            "KUBERNETES_SERVICE_PORT",
            "KUBERNETES_SERVICE_PORT_HTTPS",
            "KUBERNETES_PORT",
            "KUBERNETES_PORT_443_TCP",
            "KUBERNETES_PORT_443_TCP_PROTO",
            "KUBERNETES_PORT_443_TCP_PORT",
            "KUBERNETES_PORT_443_TCP_ADDR");

    private ProcessLimits() {}

    /**
     * Returns the command line of a container, with the limits before its own command.
     *
     * @param wait how long it waits for somebody who attaches to it
     * @param limitsProcesses whether its user is nobody else's, so that a limit on the user's processes is its own
     */
    static List<String> commandLine(ContainerConfig config, boolean limitsProcesses, Duration wait) {
        String shell = config.command().get(0);
        return Stream.concat(
                        Stream.of(
                                shell,
                                "-c",
                                AttachWait.script(wait) + script(config, limitsProcesses) + "exec \"$@\"",
                                shell),
                        config.command().stream())
                .toList();
    }

    private static String script(ContainerConfig config, boolean limitsProcesses) {
        List<String> lines = new ArrayList<>();
        long openFiles = config.limit(Limit.OPEN_FILES);
        if (openFiles > 0) {
            lines.add("ulimit -n " + openFiles);
            lines.add("ulimit -c 0");
        }
        long fileBytes = largestFile(config);
        if (fileBytes > 0) {
            lines.add("ulimit -f " + (fileBytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
        }
        long processes = config.limit(Limit.PROCESSES);
        if (processes > 0 && limitsProcesses) {
            // The letter of dash and busybox is another limit in bash, which cannot be set.
            lines.add("ulimit -p " + processes + " || ulimit -u " + processes);
        }
        StringBuilder script = new StringBuilder();
        if (!lines.isEmpty()) {
            // What a shell cannot set is found when the limits are read back.
            script.append("{ ").append(String.join("; ", lines)).append("; } 2>/dev/null; ");
        }
        String variables = String.join(
                " ",
                VARIABLES.stream()
                        .filter(name -> !config.environment().containsKey(name))
                        .toList());
        return script.append("unset -v ").append(variables).append("; ").toString();
    }

    /**
     * Returns how large a file can be where all places to write to are in memory, in bytes; 0 for no limit. It bounds
     * the one file on the node's disk that a container can reach, its termination message.
     */
    private static long largestFile(ContainerConfig config) {
        boolean bounded = config.has(Restriction.READ_ONLY_ROOT)
                && config.memoryMounts().stream().allMatch(mount -> mount.sizeBytes() > 0);
        return bounded
                ? config.memoryMounts().stream()
                        .mapToLong(MemoryMount::sizeBytes)
                        .reduce(config.limit(Limit.SHARED_MEMORY_BYTES), Math::max)
                : 0;
    }
}
