package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.StandardStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of a command that writes 1 GiB, in a JVM with at most 64 MiB of heap. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx64m")
public class OutputBenchmark {

    public static final long BYTES = 1L << 30;

    private static final String WRITE = "head -c " + BYTES + " /dev/zero";

    /** The peak of the heap in use. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap {

        public long peakHeapBytes;

        private HeapPeak peak;

        @Setup(Level.Iteration)
        public void start() {
            peak = new HeapPeak();
        }

        @TearDown(Level.Iteration)
        public void stop() throws InterruptedException {
            peak.stop();
            peakHeapBytes = peak.bytes();
        }
    }

    @Benchmark
    public void junitSandbox(OpenShell sandbox, Heap heap) {
        long received = sandbox.shell.run(Command.of(WRITE).timeLimit("5m"))
                .output(StandardStream.STDOUT)
                .totalBytes();
        if (received != BYTES) {
            throw new AssertionError("Received " + received + " bytes");
        }
    }

    @Benchmark
    public void bareAttachedSocket(OpenSocket bare, Heap heap) throws IOException {
        bare.socket.drain(WRITE, BYTES);
    }
}
