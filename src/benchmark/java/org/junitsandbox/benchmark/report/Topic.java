package org.junitsandbox.benchmark.report;

import java.util.List;
import java.util.function.Predicate;

/**
 * One section of the report: a question and the rows that answer it.
 *
 * @param name the name of the plot's file, without its extension
 * @param about what was measured, and how the rows were made comparable
 * @param rounds the number of JVMs for each row; all rows take turns, so that a slow phase of the machine affects all
 * @param columns the columns of the table; the plot shows the first
 */
record Topic(String name, String title, String about, int rounds, Scale scale, List<Column> columns, List<Row> rows) {

    /** The scale of a plot's axis. */
    enum Scale {
        LINEAR,
        LOGARITHMIC
    }

    Column plotted() {
        return columns.get(0);
    }

    /** Returns this topic with the selected rows only. */
    Topic only(Predicate<Row> selected) {
        return new Topic(name, title, about, rounds, scale, columns, rows.stream().filter(selected).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
