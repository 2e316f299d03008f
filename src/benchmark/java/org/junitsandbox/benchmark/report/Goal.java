package org.junitsandbox.benchmark.report;

import java.util.Locale;

/**
 * A goal and whether it is met.
 *
 * @param what the promised property, without its bound
 * @param atMost whether {@code bound} is an upper bound; otherwise it is a lower bound
 * @param measured NaN if a required benchmark was not run
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

    /** Returns whether the goal is met and by how much, as a percentage of the bound unless that is zero. */
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
        return (NumberText.text(value) + " " + unit).strip();
    }
}
