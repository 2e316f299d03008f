package org.junitsandbox.benchmark.report;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What JMH measured for one line of a table. Times are in milliseconds, as all benchmarks say. */
record Measured(RunResult result) {

    double medianMillis() {
        return percentileMillis(50);
    }

    double percentileMillis(double percent) {
        return result.getPrimaryResult().getStatistics().getPercentile(percent);
    }

    /** How many items, of so many per sample, a second takes by the median. */
    double perSecond(long items) {
        return items / (medianMillis() / 1_000);
    }

    long samples() {
        return result.getPrimaryResult().getSampleCount();
    }

    /** The largest value that one of the benchmark's own counters had in an iteration; JMH itself would add them up. */
    double most(String counter) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> score(iteration, counter))
                .max()
                .orElse(Double.NaN);
    }

    private static double score(IterationResult iteration, String counter) {
        Result<?> counted = iteration.getSecondaryResults().get(counter);
        return counted == null ? Double.NaN : counted.getScore();
    }
}
