package org.junitsandbox.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Kubernetes cluster of the tests, past the library. The system property {@code sandbox.test.instance} names one
 * that {@code cluster.sh} has started. The library uses it if {@code sandbox.engine} is {@code kubernetes}.
 */
public final class Cluster {

    /** What a program of the machine printed, in ISO 8859-1, which keeps every byte distinct; and its exit code. */
    record Output(int exitCode, String stdout, String stderr) {}

    private static final String KIND = "kubernetes";

    private static final Path SCRIPT = Path.of("src", "test", "engine", "cluster.sh");

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

    /** Runs kubectl as the cluster's administrator and returns what it prints. */
    public static String kubectl(String... arguments) {
        return script("kubectl", arguments);
    }

    /** Runs a command of {@code cluster.sh} for the cluster and returns what it prints. */
    public static String script(String command, String... arguments) {
        Output output = tryScript(command, arguments);
        if (output.exitCode() != 0) {
            throw new AssertionError("cluster.sh " + command + " " + String.join(" ", arguments) + " ended with "
                    + output.exitCode() + ":\n" + output.stdout() + output.stderr());
        }
        return output.stdout();
    }

    /** Runs a command of {@code cluster.sh} and returns what it prints to both streams, also when it fails. */
    public static String answer(String command, String... arguments) {
        Output output = tryScript(command, arguments);
        return output.stdout() + output.stderr();
    }

    static Output tryScript(String command, String... arguments) {
        if (INSTANCE == null) {
            throw new AssertionError("sandbox.test.instance does not name the cluster of the tests");
        }
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), command, INSTANCE));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            String stdout = read(process.getInputStream());
            if (!process.waitFor(SCRIPT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(line + " did not end within " + SCRIPT_LIMIT);
            }
            return new Output(process.exitValue(), stdout, stderr.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while running " + line, e);
        }
    }

    private static String read(InputStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            stream.transferTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(ISO_8859_1);
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
