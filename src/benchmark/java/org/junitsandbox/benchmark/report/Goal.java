package org.junitsandbox.benchmark.report;

import java.util.Locale;

/**
 * A promise, and whether it is kept.
 *
 * @param what what is promised, without the number
 * @param atMost whether {@code bound} is the most that is allowed; otherwise it is the least
 * @param measured not a number if what it needs was not measured
 */
record Goal(String what, boolean atMost, double bound, String unit, double measured) {

    static Goal atMost(String what, double bound, String unit, double measured) {
        return new Goal(what, true, bound, unit, measured);
    }

    static Goal atLeast(String what, double bound, String unit, double measured) {
        return new Goal(what, false, bound, unit, measured);
    }

    boolean isMeasured() {
        return !Double.isNaN(measured);
    }

    boolean isMet() {
        return atMost ? measured <= bound : measured >= bound;
    }

    String promise() {
        return (atMost ? "at most " : "at least ") + withUnit(bound);
    }

    String found() {
        return isMeasured() ? withUnit(measured) : "not measured";
    }

    /** Says by how much: as a part of the bound, where that is not zero. */
    String verdict() {
        if (!isMeasured()) {
            return "";
        }
        double distance = Math.abs(measured - bound);
        String howMuch =
                bound == 0 ? withUnit(distance) : String.format(Locale.ROOT, "%,.0f %%", 100 * distance / bound);
        return (isMet() ? "met" : "**missed**") + (distance == 0 ? "" : " by " + howMuch);
    }

    private String withUnit(double value) {
        return (Figure.text(value) + " " + unit).strip();
    }
}
