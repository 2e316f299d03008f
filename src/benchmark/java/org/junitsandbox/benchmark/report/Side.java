package org.junitsandbox.benchmark.report;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * A line of a table: one benchmark with one value of its parameter.
 *
 * @param label what the reader sees
 * @param benchmark class and method, {@code RunBenchmark.junitSandbox}
 * @param parameter the value of the benchmark's parameter, empty if it has none
 * @param present whether this machine has what it needs
 */
record Side(String label, String benchmark, String parameter, BooleanSupplier present) {

    private static final String PACKAGE = "org.junitsandbox.benchmark.";

    static Side of(String label, String benchmark) {
        return of(label, benchmark, "");
    }

    static Side of(String label, String benchmark, String parameter) {
        return new Side(label, benchmark, parameter, () -> true);
    }

    Side where(BooleanSupplier condition) {
        return new Side(label, benchmark, parameter, condition);
    }

    boolean isPresent() {
        return present.getAsBoolean();
    }

    /** Matches the benchmark's full name and no other. */
    String include() {
        return "^" + Pattern.quote(PACKAGE + benchmark) + "$";
    }

    Optional<Measured> in(Results results) {
        return results.find(PACKAGE + benchmark, parameter);
    }
}
