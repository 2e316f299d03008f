package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.function.Predicate;

/**
 * One question, with the sides that answer it.
 *
 * @param name the name of its plot's file
 * @param about what was measured, and how the sides were made comparable
 * @param rounds how often each side gets a JVM: between two of a side's rounds come all other sides, so that what slows
 *     the machine for a while slows all of them
 * @param columns what is told of each side; the first is what the plot shows
 */
record Topic(String name, String title, String about, int rounds, Scale scale, List<Column> columns, List<Side> sides) {

    /** How a plot's axis runs. */
    enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    Column plotted() {
        return columns.get(0);
    }

    /** This with those sides only. */
    Topic only(Predicate<Side> wanted) {
        return new Topic(name, title, about, rounds, scale, columns, sides.stream().filter(wanted).toList());
    }

    boolean isEmpty() {
        return sides.isEmpty();
    }
}
