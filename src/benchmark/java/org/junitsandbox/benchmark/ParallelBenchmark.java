package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time of a class of tests when JUnit runs several at a time, and the number of containers needed. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ParallelBenchmark {

    public static final int TESTS = ManySandboxesCase.TESTS;

    @Param({"1", "2", "4", "8"})
    public String parallelism = "1";

    /** The highest number of live containers at any one time, and how many were made for 100 tests. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Containers {

        public int maxContainers;
        public double containersPer100Tests;

        private Engine engine;
        private ContainerEvents events;

        @Setup(Level.Iteration)
        public void listen() throws InterruptedException {
            engine = Engine.connect();
            events = new ContainerEvents(engine);
        }

        @TearDown(Level.Iteration)
        public void count() throws IOException {
            // Stop counting first, as the shell below has a container as well.
            events.close();
            try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
                String hostName = shell.run("cat /etc/hostname").stdout().strip();
                SandboxContainers ofJvm = SandboxContainers.ofJvmWith(engine, hostName);
                maxContainers = events.max(ofJvm);
                containersPer100Tests = 100.0 * events.made(ofJvm) / TESTS;
            }
            engine.close();
        }
    }

    @Benchmark
    public void junitSandbox(Containers containers) {
        JUnitRun.of(
                ManySandboxesCase.class,
                TESTS,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", parallelism,
                        "junit.jupiter.execution.parallel.config.fixed.max-pool-size", parallelism));
    }
}
