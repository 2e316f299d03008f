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

/** All that was measured so far. What several rounds measured of one side is one result. */
final class Results {

    private record Key(String benchmark, String parameter) {

        static Key of(BenchmarkParams params) {
            String parameter = params.getParamsKeys().stream().findFirst().map(params::getParam).orElse("");
            return new Key(params.getBenchmark(), parameter);
        }
    }

    private final Map<Key, RunResult> byKey = new LinkedHashMap<>();

    void add(Collection<RunResult> round) {
        round.forEach(result -> byKey.merge(Key.of(result.getParams()), result, Results::together));
    }

    /** Finds what was measured of one benchmark, by its full name; nothing if it failed or was not run. */
    Optional<Measured> find(String benchmark, String parameter) {
        return Optional.ofNullable(byKey.get(new Key(benchmark, parameter))).map(Measured::new);
    }

    Collection<RunResult> all() {
        return byKey.values();
    }

    private static RunResult together(RunResult earlier, RunResult later) {
        List<BenchmarkResult> forks = new ArrayList<>(earlier.getBenchmarkResults());
        forks.addAll(later.getBenchmarkResults());
        return new RunResult(earlier.getParams(), forks);
    }
}
