package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.StandardStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Commands in pods of the cluster of the kubeconfig. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Dsandbox.engine=kubernetes",
            "-Dsandbox.limitCheck=warn",
            "-Dsandbox.kubernetes.cpuRequest=50m"
        })
public class ClusterBenchmark {

    /** Less than on Docker: a node writes all output into a log, too. */
    public static final long BYTES = 100L << 20;

    private static final String WRITE = "head -c " + BYTES + " /dev/zero";

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
