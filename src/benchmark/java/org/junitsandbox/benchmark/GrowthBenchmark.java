package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is left after many resets. The resets happen in a JVM without JMH, whose own threads and heap would be counted,
 * too; and what that JVM leaves behind in the engine can be counted only when it has ended.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
@State(Scope.Benchmark)
public class GrowthBenchmark {

    /** The engine has this long to remove a container whose JVM has ended. */
    private static final int REMOVAL_MILLIS = 10_000;

    private static final int INTERVAL_MILLIS = 100;

    @Param({"10", "100", "1000"})
    public String resets = "10";

    /** What there was after the shell's end, and of containers also after the JVM's end. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Left {
        public long heapBytes;
        public long threads;
        public long descriptors;
        public double engineBytes;
        public int containersOfJvm;
        public int containersLeft;
    }

    @Benchmark
    public void junitSandbox(Left left) throws IOException, InterruptedException {
        try (Engine engine = Engine.connect()) {
            SandboxContainers containers;
            try (JavaProcess jvm = JavaProcess.start(ResettingJvm.class, resets)) {
                containers = SandboxContainers.ofJvmWith(engine, jvm.nextLine());
                jvm.proceed();
                long[] figures = Arrays.stream(jvm.nextLine().split(" ")).mapToLong(Long::parseLong).toArray();
                left.heapBytes = figures[0];
                left.threads = figures[1];
                left.descriptors = figures[2];
                left.engineBytes = EngineMemory.residentBytes(engine);
                left.containersOfJvm = containers.count();
            }
            left.containersLeft = countAfterRemoval(containers);
        }
    }

    private static int countAfterRemoval(SandboxContainers containers) throws InterruptedException {
        for (int waited = 0; waited < REMOVAL_MILLIS && containers.count() > 0; waited += INTERVAL_MILLIS) {
            Thread.sleep(INTERVAL_MILLIS);
        }
        return containers.count();
    }
}
