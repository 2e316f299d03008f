package org.junitsandbox.benchmark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of a class of 50 tests with three commands each. There is no warm-up, as a build's JVM has none either.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class TestClassBenchmark {

    @Benchmark
    public void junitSandbox() {
        JUnitRun.of(SandboxPerMethodCase.class, ThreeCommands.TESTS, Map.of());
    }

    @Benchmark
    public void testcontainersPerMethod() {
        JUnitRun.of(ContainerPerMethodCase.class, ThreeCommands.TESTS, Map.of());
    }

    @Benchmark
    public void testcontainersShared() {
        JUnitRun.of(SharedContainerCase.class, ThreeCommands.TESTS, Map.of());
    }
}
