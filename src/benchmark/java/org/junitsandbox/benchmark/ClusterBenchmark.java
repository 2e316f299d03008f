package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Commands and tests in pods of the cluster of the kubeconfig, and the start of a pod. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Dsandbox.engine=kubernetes",
            "-Dsandbox.limitCheck=warn",
            // With a network, a container would not be cleaned and handed out again.
            "-Dsandbox.kubernetes.networkCutImage=busybox:latest",
            "-Dsandbox.kubernetes.cpuRequest=50m"
        })
public class ClusterBenchmark {

    /** Less than on Docker: a node writes all output into a log, too. */
    public static final long BYTES = 100L << 20;

    /** The bare pod has one, too: what takes it away makes a start longer. */
    private static final SandboxSpec WITH_NETWORK =
            SandboxSpec.of(Images.DEBIAN).profile(Profile.UNTRUSTED.network(null));

    private static final String WRITE = "head -c " + BYTES + " /dev/zero";

    /** A pod that a benchmark has started, by the library or bare; deleted after each sample. */
    @State(Scope.Benchmark)
    public static class StartedPod {

        private AutoCloseable pod;

        @TearDown(Level.Invocation)
        public void close() throws Exception {
            pod.close();
        }
    }

    /** Returns whether the environment names a cluster. */
    public static boolean isGiven() {
        return System.getenv("KUBECONFIG") != null;
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 1, time = 3)
    @Measurement(iterations = 3, time = 1)
    public CommandResult run(OpenShell sandbox) {
        return sandbox.shell.run("true");
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 1, time = 3)
    @Measurement(iterations = 3, time = 1)
    public void runBare(OpenWebSocket bare) throws IOException {
        bare.socket.run("true");
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 1, time = 3)
    @Measurement(iterations = 3, time = 1)
    public void runBareWithAllMarkers(OpenWebSocket bare) throws IOException {
        bare.socket.runWithAllMarkers("true");
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 2)
    @Measurement(iterations = 10)
    public CommandResult start(StartedPod started) {
        Shell shell = Shell.open(WITH_NETWORK);
        started.pod = shell;
        return shell.run("true");
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 2)
    @Measurement(iterations = 10)
    public void startBare(StartedPod started) throws Exception {
        started.pod = new AttachedWebSocket(Images.DEBIAN);
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public void testClass() {
        JUnitRun.of(SandboxPerMethodCase.class, ThreeCommands.TESTS, Map.of());
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public void output(OpenShell sandbox) {
        long received = sandbox.shell.run(Command.of(WRITE).timeLimit("5m"))
                .output(StandardStream.STDOUT)
                .totalBytes();
        if (received != BYTES) {
            throw new AssertionError("Received " + received + " bytes");
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public void outputBare(OpenWebSocket bare) throws IOException {
        bare.socket.drain(WRITE, BYTES);
    }
}
