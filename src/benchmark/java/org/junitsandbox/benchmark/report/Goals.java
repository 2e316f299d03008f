package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the library promises about its speed and its resource use. */
final class Goals {

    private static final double MIB = 1 << 20;

    /** More growth than this is a leak; less may come from a few classes that were loaded meanwhile. */
    private static final double FLAT_HEAP_MIB = 1;

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results) {
        return new Goals(results).all();
    }

    private List<Goal> all() {
        double sandbox = median("RunBenchmark.junitSandbox", "true");
        return List.of(
                Goal.atMost(
                        "`run(\"true\")`, relative to the bare attached socket",
                        1.2,
                        "×",
                        sandbox / median("RunBenchmark.bareAttachedSocket", "true")),
                Goal.atLeast(
                        "`execInContainer`, relative to `run(\"true\")`",
                        150,
                        "×",
                        median("RunBenchmark.testcontainersExec", "true") / sandbox),
                Goal.atMost("`shell.reset()`, median", 5, "ms", median("ResetBenchmark.shellReset", "")),
                Goal.atMost("reset between JUnit methods, median", 5, "ms", median("ResetBenchmark.junitMethods", "")),
                Goal.atMost(
                        "50 tests, relative to a Testcontainers container per method",
                        0.25,
                        "×",
                        median("TestClassBenchmark.junitSandbox", "")
                                / median("TestClassBenchmark.testcontainersPerMethod", "")),
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
                Goal.atMost("containers left by a JVM with 1,000 resets", 0, "", remaining("1000", "containersLeft")),
                Goal.atMost("growth of threads from 10 to 1,000 resets", 0, "", grown("threads")),
                Goal.atMost("growth of descriptors from 10 to 1,000 resets", 0, "", grown("descriptors")),
                Goal.atMost(
                        "growth of heap from 10 to 1,000 resets", FLAT_HEAP_MIB, "MiB", grown("heapBytes") / MIB));
    }

    private double grown(String counter) {
        return remaining("1000", counter) - remaining("10", counter);
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
