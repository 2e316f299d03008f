package org.junitsandbox.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a cluster shows of a sandbox's pod, by kubectl. A pod's host name is its name. */
final class PodView implements ContainerView {

    /**
     * A command of kubectl gets neither the limits that PID 1 has set for itself and its children nor its environment,
     * to which the container runtime adds variables of the cluster.
     */
    private static final String ENTER =
            """
            cd /work
            unset OLDPWD
            export HOME=/work
            unset $(env | grep -o '^KUBERNETES_[A-Z0-9_]*')
            ulimit -c 0
            ulimit -n "$(grep '^Max open files' /proc/1/limits | grep -o '[0-9]*' | head -n 1)"
            exec "$@"
            """;

    /** A node always keeps a log of what a pod's container prints; nothing in a pod can switch that off. */
    private static final String LOG = "on the node";

    private static final Duration STATUS_LIMIT = Duration.ofSeconds(10);

    private static String endNote(int exitCode) {
        return "command terminated with exit code " + exitCode + "\n";
    }

    @Override
    public EngineExec.Result exec(String container, List<String> command) {
        List<String> line = new ArrayList<>(List.of("exec", container, "--", "/bin/sh", "-c", ENTER, "sh"));
        line.addAll(command);
        MachineProgram.Output output = Cluster.tryScript("kubectl", line.toArray(String[]::new));
        if (output.exitCode() == 0) {
            return new EngineExec.Result(0, output.stdout(), output.stderr());
        }
        // kubectl's own failures have exit codes, too.
        String end = endNote(output.exitCode());
        if (!output.stderr().endsWith(end)) {
            throw new AssertionError("kubectl " + line + " failed: " + output.stderr());
        }
        String stderr = output.stderr().substring(0, output.stderr().length() - end.length());
        return new EngineExec.Result(output.exitCode(), output.stdout(), stderr);
    }

    @Override
    public String fullId(String hostName) {
        return hostName;
    }

    @Override
    public void kill(String container) {
        // The API server's answer to a forced deletion would come before the end of the processes.
        String id = idOnNode(container);
        onNode("tasks kill --signal SIGKILL " + id);
        await(
                "the container of pod " + container + " has ended",
                () -> onNode("tasks list"),
                tasks -> tasks.lines().noneMatch(task -> task.startsWith(id) && task.contains("RUNNING")));
        Cluster.kubectl("delete", "pod", container, "--grace-period=0", "--force");
    }

    @Override
    public String state(String container) {
        String phase = Cluster.kubectl(
                "get", "pod", container, "--ignore-not-found", "--output", "jsonpath={.status.phase}");
        return phase.isEmpty() ? EngineExec.GONE : phase;
    }

    @Override
    public Duration cpuTime(String container) {
        String group = "$(find /sys/fs/cgroup/cpuacct -type d -name " + idOnNode(container) + ")";
        return Duration.ofNanos(number("sh", "-c", "cat " + group + "/cpuacct.usage"));
    }

    @Override
    public long bytesOnDisk(String container) {
        return Long.parseLong(onNode("snapshots usage -b " + idOnNode(container) + " | awk 'NR == 2 { print $2 }'"));
    }

    /** Runs a command of the node's container runtime and returns what it prints. */
    private static String onNode(String command) {
        return Cluster.script(
                        "run",
                        "sh",
                        "-c",
                        "ctr --address /run/containerd/containerd.sock --namespace k8s.io " + command)
                .strip();
    }

    private static long number(String... commandOnNode) {
        return Long.parseLong(Cluster.script("run", commandOnNode).strip());
    }

    @Override
    public String logType(String container) {
        return LOG;
    }

    /** Returns the id by which containerd knows the pod's only container. kubelet publishes it after the start. */
    private static String idOnNode(String pod) {
        return await(
                        "pod " + pod + " shows its container's id",
                        () -> Cluster.kubectl(
                                "get", "pod", pod, "--output", "jsonpath={.status.containerStatuses[0].containerID}"),
                        id -> !id.isEmpty())
                .replace("containerd://", "");
    }

    /** Waits until what is found fits, and returns it. */
    private static String await(String what, Supplier<String> look, Predicate<String> fits) {
        AtomicReference<String> found = new AtomicReference<>("");
        try {
            Eventually.await(
                    what,
                    STATUS_LIMIT,
                    () -> {
                        found.set(look.get());
                        return found.get();
                    },
                    fits);
        } catch (Exception e) {
            // An interrupt only: nothing else that is waited for here throws a checked exception.
            throw new AssertionError(e);
        }
        return Objects.requireNonNull(found.get());
    }
}
