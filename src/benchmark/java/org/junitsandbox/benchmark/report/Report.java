package org.junitsandbox.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of a run, in Markdown, with its plots beside it. */
final class Report {

    private static final String TABLE = "table.md";

    private final Machine machine;
    private final List<Topic> topics;
    private final Results results;

    Report(Machine machine, List<Topic> topics, Results results) {
        this.machine = machine;
        this.topics = topics;
        this.results = results;
    }

    /** Writes the table and the plots into a directory, which is created if need be. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(TABLE), text());
        for (Topic topic : topics) {
            Plot plot = new Plot(topic, results);
            if (!plot.isEmpty()) {
                Files.writeString(directory.resolve(plotFile(topic)), plot.svg());
            }
        }
    }

    /** Returns the rows that this machine should have measured but did not. */
    List<Row> failures() {
        return topics.stream()
                .flatMap(topic -> topic.rows().stream())
                .filter(row -> row.isPresent() && row.in(results).isEmpty())
                .toList();
    }

    String text() {
        return Stream.of(
                        Stream.of("# Benchmarks\n", machineTable(), "## Goals\n", goalTable()),
                        topics.stream().flatMap(this::topicText))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n"));
    }

    private String machineTable() {
        MarkdownTable table = new MarkdownTable(List.of("", "measured on"));
        table.row(List.of("processors", machine.processors()));
        table.row(List.of("memory", machine.memory()));
        table.row(List.of("kernel", machine.kernel()));
        table.row(List.of("engine", machine.engine()));
        table.row(List.of("JDK", machine.jdk()));
        table.row(List.of("date", machine.date().toString()));
        return table.toString();
    }

    private String goalTable() {
        MarkdownTable table = new MarkdownTable(List.of("", "goal", "measured", ""));
        Goals.of(results)
                .forEach(goal -> table.row(List.of(goal.what(), goal.promise(), goal.found(), goal.verdict())));
        return table.toString();
    }

    private Stream<String> topicText(Topic topic) {
        String image =
                new Plot(topic, results).isEmpty() ? "" : "\n![" + topic.title() + "](" + plotFile(topic) + ")\n";
        return Stream.of("## " + topic.title() + "\n", topic.about() + "\n", topicTable(topic) + image);
    }

    private String topicTable(Topic topic) {
        List<String> header = new ArrayList<>(List.of(""));
        topic.columns().forEach(column -> header.add(column.title()));
        MarkdownTable table = new MarkdownTable(header);
        topic.rows().forEach(row -> table.row(cells(topic, row)));
        return table.toString();
    }

    private List<String> cells(Topic topic, Row row) {
        Optional<Measurement> measured = row.in(results);
        String missing = row.isPresent() ? "**failed**" : "not on this machine";
        List<String> cells = new ArrayList<>(List.of(row.label()));
        topic.columns()
                .forEach(column -> cells.add(measured.map(found -> NumberText.text(column.value().applyAsDouble(found)))
                        .orElse(missing)));
        return cells;
    }

    private static String plotFile(Topic topic) {
        return topic.name() + ".svg";
    }
}
