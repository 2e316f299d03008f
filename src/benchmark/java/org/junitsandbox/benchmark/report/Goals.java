package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junitsandbox.benchmark.ParallelBenchmark;

/** What the library promises about its speed and its resource use. */
final class Goals {

    private static final double MIB = 1 << 20;

    /** More growth than this is a leak; less may come from a few classes that were loaded meanwhile. */
    private static final double FLAT_MIB = 1;

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results) {
        return new Goals(results).all();
    }

    private List<Goal> all() {
        double sandbox = median("RunBenchmark.junitSandbox", "true");
        double tests = median("TestClassBenchmark.junitSandbox", "");
        return List.of(
                Goal.atMost(
                        "`run(\"true\")` on Kubernetes, relative to the bare attached WebSocket",
                        1.3,
                        "×",
                        median("ClusterBenchmark.run", "") / median("ClusterBenchmark.runBare", "")),
                Goal.atLeast(
                        "throughput of output on Kubernetes, relative to the bare attached WebSocket",
                        0.8,
                        "×",
                        median("ClusterBenchmark.outputBare", "") / median("ClusterBenchmark.output", "")),
                Goal.atMost(
                        "50 tests on Kubernetes, relative to Docker",
                        1.5,
                        "×",
                        median("ClusterBenchmark.testClass", "") / tests),
                Goal.atMost(
                        "`run(\"true\")`, relative to the bare attached socket",
                        1.8,
                        "×",
                        sandbox / median("RunBenchmark.bareAttachedSocket", "true")),
                Goal.atMost(
                        "`run(\"/bin/true\")`, relative to the bare attached socket",
                        1.2,
                        "×",
                        median("RunBenchmark.junitSandbox", "/bin/true")
                                / median("RunBenchmark.bareAttachedSocket", "/bin/true")),
                Goal.atLeast(
                        "`execInContainer`, relative to `run(\"true\")`",
                        150,
                        "×",
                        median("RunBenchmark.testcontainersExec", "true") / sandbox),
                Goal.atMost(
                        "50 tests, relative to a Testcontainers container per method",
                        1.0 / 9,
                        "×",
                        tests / median("TestClassBenchmark.testcontainersPerMethod", "")),
                Goal.atMost(
                        "50 tests, relative to one Testcontainers container, cleaned by hand",
                        0.2,
                        "×",
                        tests / median("TestClassBenchmark.testcontainersShared", "")),
                testsPerSecond("2"),
                testsPerSecond("4"),
                testsPerSecond("8"),
                Goal.atMost(
                        "one JUnit method to the next, tests of 0.5 s, median",
                        3,
                        "ms",
                        median("ResetBenchmark.junitMethods", "0.5")),
                Goal.atMost(
                        "one JUnit method to the next, back to back, median",
                        12,
                        "ms",
                        median("ResetBenchmark.junitMethods", "0")),
                Goal.atMost(
                        "a JVM's start to the first result, relative to Testcontainers",
                        0.65,
                        "×",
                        median("JvmStartBenchmark.junitSandbox", "") / median("JvmStartBenchmark.testcontainers", "")),
                Goal.atLeast(
                        "throughput of 1 GiB of output, relative to the bare attached socket",
                        0.9,
                        "×",
                        median("OutputBenchmark.bareAttachedSocket", "") / median("OutputBenchmark.junitSandbox", "")),
                Goal.atMost(
                        "1 GiB of output, peak heap",
                        64,
                        "MiB",
                        value("OutputBenchmark.junitSandbox", "", measured -> measured.max("peakHeapBytes") / MIB)),
                Goal.atMost("containers left by a JVM with 10,000 resets", 0, "", remaining("10000", "containersLeft")),
                Goal.atMost("growth of threads from 10 to 10,000 resets", 0, "", grown("threads")),
                Goal.atMost("growth of descriptors from 10 to 10,000 resets", 0, "", grown("descriptors")),
                Goal.atMost("growth of heap from 10 to 10,000 resets", FLAT_MIB, "MiB", grown("heapBytes") / MIB),
                Goal.atMost(
                        "growth of a sandbox's memory from 10 to 10,000 resets",
                        FLAT_MIB,
                        "MiB",
                        grown("sandboxBytes") / MIB));
    }

    private Goal testsPerSecond(String parallelism) {
        return Goal.atLeast(
                "tests a second, three commands each, " + parallelism + " at a time",
                60,
                "",
                value(
                        "ParallelBenchmark.junitSandbox",
                        parallelism,
                        measured -> measured.perSecond(ParallelBenchmark.TESTS)));
    }

    private double grown(String counter) {
        return remaining("10000", counter) - remaining("10", counter);
    }

    private double remaining(String resets, String counter) {
        return value("GrowthBenchmark.junitSandbox", resets, measured -> measured.max(counter));
    }

    private double median(String benchmark, String parameter) {
        return value(benchmark, parameter, Measurement::medianMillis);
    }

    private double value(String benchmark, String parameter, ToDoubleFunction<Measurement> value) {
        return Row.of("", benchmark, parameter).in(results).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
