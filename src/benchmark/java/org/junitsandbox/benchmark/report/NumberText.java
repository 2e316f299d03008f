package org.junitsandbox.benchmark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats numbers with three significant digits. */
final class NumberText {

    private static final MathContext THREE_DIGITS = new MathContext(3);

    /** From this value on, three digits leave no fraction. */
    private static final double WHOLE_FROM = 100;

    private NumberText() {}

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "not readable";
        }
        if (Math.abs(value) >= WHOLE_FROM || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return BigDecimal.valueOf(value).round(THREE_DIGITS).toPlainString();
    }
}
