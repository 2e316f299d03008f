package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the library promises of its speed and its thrift. */
final class Goals {

    private static final double MIB = 1 << 20;

    /** More than this is no longer a flat heap; less may be a class or two that was loaded in between. */
    private static final double FLAT_HEAP_MIB = 1;

    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    static List<Goal> of(Results results) {
        return new Goals(results).all();
    }

    private List<Goal> all() {
        double ours = median("RunBenchmark.junitSandbox", "true");
        return List.of(
                Goal.atMost(
                        "`run(\"true\")`, in the bare attached socket's time",
                        1.2,
                        "×",
                        ours / median("RunBenchmark.bareAttachedSocket", "true")),
                Goal.atLeast(
                        "`execInContainer`, in `run(\"true\")`'s time",
                        150,
                        "×",
                        median("RunBenchmark.testcontainersExec", "true") / ours),
                Goal.atMost("`shell.reset()`, median", 5, "ms", median("ResetBenchmark.shellReset", "")),
                Goal.atMost("reset between JUnit methods, median", 5, "ms", median("ResetBenchmark.junitMethods", "")),
                Goal.atMost(
                        "50 tests, in the time with a Testcontainers container per method",
                        0.25,
                        "×",
                        median("TestClassBenchmark.junitSandbox", "")
                                / median("TestClassBenchmark.testcontainersPerMethod", "")),
                Goal.atLeast(
                        "1 GiB of output, in the bare attached socket's MB/s",
                        0.9,
                        "×",
                        median("OutputBenchmark.bareAttachedSocket", "") / median("OutputBenchmark.junitSandbox", "")),
                Goal.atMost(
                        "1 GiB of output, peak heap",
                        64,
                        "MiB",
                        value("OutputBenchmark.junitSandbox", "", measured -> measured.most("peakHeapBytes") / MIB)),
                Goal.atMost("containers left by a JVM with 1,000 resets", 0, "", left("1000", "containersLeft")),
                Goal.atMost("threads after 1,000 resets, more than after 10", 0, "", grown("threads")),
                Goal.atMost("descriptors after 1,000 resets, more than after 10", 0, "", grown("descriptors")),
                Goal.atMost(
                        "heap after 1,000 resets, more than after 10", FLAT_HEAP_MIB, "MiB", grown("heapBytes") / MIB));
    }

    private double grown(String counter) {
        return left("1000", counter) - left("10", counter);
    }

    private double left(String resets, String counter) {
        return value("GrowthBenchmark.junitSandbox", resets, measured -> measured.most(counter));
    }

    private double median(String benchmark, String parameter) {
        return value(benchmark, parameter, Measured::medianMillis);
    }

    private double value(String benchmark, String parameter, ToDoubleFunction<Measured> value) {
        return Side.of("", benchmark, parameter).in(results).map(value::applyAsDouble).orElse(Double.NaN);
    }
}
