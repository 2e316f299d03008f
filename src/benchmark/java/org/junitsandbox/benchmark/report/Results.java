package org.junitsandbox.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/** All results so far. The results of several rounds for the same row are merged. */
final class Results {

    private record Key(String benchmark, String parameter) {

        static Key of(BenchmarkParams params) {
            String parameter = params.getParamsKeys().stream().findFirst().map(params::getParam).orElse("");
            return new Key(params.getBenchmark(), parameter);
        }
    }

    private final Map<Key, RunResult> byKey = new LinkedHashMap<>();

    void add(Collection<RunResult> round) {
        round.forEach(result -> byKey.merge(Key.of(result.getParams()), result, Results::merge));
    }

    /** Finds the result of a benchmark by its full name; empty if it failed or was not run. */
    Optional<Measurement> find(String benchmark, String parameter) {
        return Optional.ofNullable(byKey.get(new Key(benchmark, parameter))).map(Measurement::new);
    }

    Collection<RunResult> all() {
        return byKey.values();
    }

    private static RunResult merge(RunResult earlier, RunResult later) {
        List<BenchmarkResult> forks = new ArrayList<>(earlier.getBenchmarkResults());
        forks.addAll(later.getBenchmarkResults());
        return new RunResult(earlier.getParams(), forks);
    }
}
