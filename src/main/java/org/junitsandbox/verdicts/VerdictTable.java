package org.junitsandbox.verdicts;

import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;

/** Writes verdicts as a table of text: columns of equal width, and a line for each further violation. */
final class VerdictTable {

    static final List<String> HEADINGS =
            List.of("file", "outcome", "time", "CPU time", "memory", "output", "violations");

    private VerdictTable() {}

    static String of(List<Verdict> verdicts) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        for (Verdict verdict : verdicts) {
            List<String> cells = cells(verdict);
            List<String> violations = verdict.violations();
            lines.add(with(cells, violations.isEmpty() ? "" : violations.get(0)));
            List<String> empty = cells.stream().map(cell -> "").toList();
            violations.stream().skip(1).forEach(violation -> lines.add(with(empty, violation)));
        }
        int[] widths = new int[HEADINGS.size() - 1];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                row.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            table.append(row.append(line.get(widths.length)).toString().stripTrailing()).append('\n');
        }
        return table.substring(0, table.length() - 1);
    }

    private static List<String> with(List<String> cells, String violation) {
        List<String> all = new ArrayList<>(cells);
        all.add(violation);
        return all;
    }

    /** Returns all cells but the one of violations. */
    static List<String> cells(Verdict verdict) {
        return List.of(
                Excerpt.line(verdict.input().name()),
                verdict.outcome().map(outcome -> Excerpt.line(outcome.toString())).orElse("not known"),
                verdict.wallTime().map(Units::round).orElse(""),
                verdict.cpuTime().map(Cost::time).orElse(""),
                verdict.peakMemory().map(Cost::bytes).orElse(""),
                verdict.outputBytes().map(Cost::size).orElse(""));
    }
}
