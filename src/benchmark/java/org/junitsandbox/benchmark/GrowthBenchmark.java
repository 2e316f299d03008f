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
 * What remains after many resets. The resets happen in a JVM without JMH, whose own threads and heap would be counted
 * as well. The containers that this JVM leaves in the engine can be counted only after it has ended.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
@State(Scope.Benchmark)
public class GrowthBenchmark {

    /** The time that the engine has to remove the containers of a JVM that has ended. */
    private static final int REMOVAL_MILLIS = 10_000;

    private static final int INTERVAL_MILLIS = 100;

    @Param({"10", "100", "1000", "10000"})
    public String resets = "10";

    /** The figures after the shell was closed; for containers, also after the JVM ended. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Remaining {
        public long heapBytes;
        public long threads;
        public long descriptors;
        public long sandboxBytes;
        public double engineBytes;
        public int containersOfJvm;
        public int containersLeft;
    }

    @Benchmark
    public void junitSandbox(Remaining remaining) throws IOException, InterruptedException {
        try (Engine engine = Engine.connect()) {
            SandboxContainers containers;
            try (JavaProcess jvm = JavaProcess.start(ResettingJvm.class, resets)) {
                containers = SandboxContainers.ofJvmWith(engine, jvm.nextLine());
                jvm.proceed();
                long[] figures = Arrays.stream(jvm.nextLine().split(" ")).mapToLong(Long::parseLong).toArray();
                remaining.heapBytes = figures[0];
                remaining.threads = figures[1];
                remaining.descriptors = figures[2];
                remaining.sandboxBytes = figures[3];
                remaining.engineBytes = EngineMemory.residentBytes(engine);
                remaining.containersOfJvm = containers.count();
            }
            remaining.containersLeft = countAfterRemoval(containers);
        }
    }

    private static int countAfterRemoval(SandboxContainers containers) throws InterruptedException {
        for (int waited = 0; waited < REMOVAL_MILLIS && containers.count() > 0; waited += INTERVAL_MILLIS) {
            Thread.sleep(INTERVAL_MILLIS);
        }
        return containers.count();
    }
}
