package org.junitsandbox.evidence;

import java.time.Duration;
import java.util.Locale;
import org.junitsandbox.shell.Figure;

/**
 * A figure as a number that can be drawn.
 *
 * @param value what it is at most; not a number if nothing is known
 * @param reason why it is not exact; empty if it is
 */
record Amount(double value, String reason) {

    static Amount bytes(Figure<Long> figure) {
        return of(figure, figure.upperBound().map(Long::doubleValue).orElse(Double.NaN));
    }

    /** Returns how many CPUs were in use on average. */
    static Amount cpus(Figure<Duration> cpuTime, Duration wallTime) {
        double seconds = Math.max(Headings.inSeconds(wallTime), 1e-6);
        return of(cpuTime, cpuTime.upperBound().map(time -> Headings.inSeconds(time) / seconds).orElse(Double.NaN));
    }

    private static Amount of(Figure<?> figure, double value) {
        return new Amount(value, figure.reason().orElse(""));
    }

    boolean isKnown() {
        return !Double.isNaN(value);
    }

    boolean isExact() {
        return reason.isEmpty();
    }

    /** Returns which part of a limit it is; less than 0 if nothing is known. */
    double share(double limit) {
        return isKnown() ? Math.min(1, value / limit) : -1;
    }

    /** Draws which part of a limit it is; empty if nothing is known. */
    String gauge(double limit) {
        return isKnown() ? Plot.gauge(value / limit, isExact()) : "";
    }

    /** Writes a number with at most two decimals. */
    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
