package org.junitsandbox.harness;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/**
 * The Kubernetes cluster of the tests, past the library. The system property {@code sandbox.test.instance} names one
 * that {@code cluster.sh} has started. The library uses it if {@code sandbox.engine} is {@code kubernetes}.
 */
public final class Cluster {

    private static final String KIND = "kubernetes";

    private static final Path SCRIPT = Path.of("src", "test", "engine", "cluster.sh");

    private static final long SMALL_POD_BYTES = 32 << 20;

    private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(3);

    private static final @Nullable String INSTANCE = System.getProperty("sandbox.test.instance");

    private Cluster() {}

    /** Returns whether the library's tests run on a cluster. */
    public static boolean isUsed() {
        return KIND.equals(System.getProperty("sandbox.engine"));
    }

    /** Skips a test of what only a cluster has. */
    public static void assumeUsed() {
        assumeTrue(
                isUsed() && INSTANCE != null,
                "no cluster is given: start one by cluster.sh, and set KUBECONFIG, sandbox.engine=kubernetes and"
                        + " sandbox.test.instance");
    }

    /**
     * Skips a test of what a cluster does not have.
     *
     * @param reason what it lacks, as the reason of the skip
     */
    public static void assumeNotUsed(String reason) {
        assumeFalse(isUsed(), reason);
    }

    /** Skips a test where a cluster is used that refuses its sandbox, or lets it do less than its limits. */
    public static void assumeThatItRuns(SandboxSpec spec) {
        boolean isUserSet = !spec.profile().user().equals(Profile.UNTRUSTED.user());
        if (isUserSet || spec.profile().newPrivileges()) {
            assumeNotUsed("a pod whose user is not its own, or can become root, has no limit of processes");
        }
        if (spec.limits().processes() > ResourceLimits.DEFAULT.processes()) {
            assumeNotUsed("the cluster of the tests lets no pod have more processes than a sandbox has by default");
        }
        if (spec.limits().memoryBytes() < SMALL_POD_BYTES) {
            assumeNotUsed("where the memory of a small pod runs out that requests less CPU than its limit, the kernel"
                    + " may kill its first process");
        }
    }

    /** Runs kubectl as the cluster's administrator and returns what it prints. */
    public static String kubectl(String... arguments) {
        return script("kubectl", arguments);
    }

    /** Returns the names of all pods of the namespace that the tests use. */
    public static Set<String> pods() {
        return new TreeSet<>(kubectl("get", "pods", "--output", "name").lines().toList());
    }

    /** Runs a command of {@code cluster.sh} for the cluster and returns what it prints. */
    public static String script(String command, String... arguments) {
        try {
            return MachineProgram.succeed(Map.of(), line(command, arguments), SCRIPT_LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of {@code cluster.sh} and returns what it prints to both streams, also when it fails. */
    public static String answer(String command, String... arguments) {
        MachineProgram.Output output = tryScript(command, arguments);
        return output.stdout() + output.stderr();
    }

    static MachineProgram.Output tryScript(String command, String... arguments) {
        try {
            return MachineProgram.run(Map.of(), line(command, arguments), SCRIPT_LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> line(String command, String... arguments) {
        if (INSTANCE == null) {
            throw new AssertionError("sandbox.test.instance does not name the cluster of the tests");
        }
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), command, INSTANCE));
        line.addAll(List.of(arguments));
        return line;
    }

    /** Describes it: "Kubernetes v1.20.2, containerd://1.6.20". */
    static String description() {
        return "Kubernetes "
                + kubectl(
                        "get",
                        "node",
                        "--output",
                        "jsonpath={.items[0].status.nodeInfo.kubeletVersion}, "
                                + "{.items[0].status.nodeInfo.containerRuntimeVersion}");
    }
}
