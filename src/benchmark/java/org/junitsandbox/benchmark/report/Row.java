package org.junitsandbox.benchmark.report;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A row of a table: one benchmark with one value of its parameter.
 *
 * @param label the row's title
 * @param benchmark class and method, {@code RunBenchmark.junitSandbox}
 * @param parameter the value of the benchmark's parameter, empty if it has none
 * @param present returns whether this machine has what the benchmark needs
 */
record Row(String label, String benchmark, String parameter, BooleanSupplier present) {

    private static final String PACKAGE = "org.junitsandbox.benchmark.";

    static Row of(String label, String benchmark) {
        return of(label, benchmark, "");
    }

    static Row of(String label, String benchmark, String parameter) {
        return new Row(label, benchmark, parameter, () -> true);
    }

    Row where(BooleanSupplier condition) {
        return new Row(label, benchmark, parameter, condition);
    }

    boolean isPresent() {
        return present.getAsBoolean();
    }

    /** Matches the benchmark's full name and no other. */
    String include() {
        return "^" + Pattern.quote(PACKAGE + benchmark) + "$";
    }

    Optional<Measurement> in(Results results) {
        return results.find(PACKAGE + benchmark, parameter);
    }
}
