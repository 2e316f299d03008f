package org.junitsandbox.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table with aligned columns, which is readable on a console as well. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(List<String> header) {
        rows.add(header);
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int index = column;
            widths.add(rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder(line(rows.get(0), widths));
        text.append(line(widths.stream().map("-"::repeat).toList(), widths));
        rows.subList(1, rows.size()).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(' ').append(cell).append(" ".repeat(widths.get(column) - cell.length())).append(" |");
        }
        return line.append('\n').toString();
    }
}
