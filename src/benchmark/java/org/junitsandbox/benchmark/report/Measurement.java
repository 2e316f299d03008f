package org.junitsandbox.benchmark.report;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** JMH's result for one row of a table. Times are in milliseconds, as all benchmarks declare. */
record Measurement(RunResult result) {

    double medianMillis() {
        return percentileMillis(50);
    }

    double percentileMillis(double percent) {
        return result.getPrimaryResult().getStatistics().getPercentile(percent);
    }

    /** Returns the number of items per second by the median, with {@code items} items in a sample. */
    double perSecond(long items) {
        return items / (medianMillis() / 1_000);
    }

    long samples() {
        return result.getPrimaryResult().getSampleCount();
    }

    /** Returns the largest value of a counter in any iteration; JMH itself would add the values up. */
    double max(String counter) {
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
