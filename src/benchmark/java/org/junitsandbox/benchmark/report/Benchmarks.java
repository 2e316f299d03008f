package org.junitsandbox.benchmark.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks, prints their table, and writes the table, its plots and JMH's own figures. Two system
 * properties, which the user of the build can set, control it: {@code benchmarks} is a regular expression that selects
 * benchmarks by name, and {@code benchmarks.publish} also writes table and plots to {@code src/benchmark/results}.
 */
public final class Benchmarks {

    private static final Path OUTPUT = Path.of("target", "benchmarks");

    private static final Path PUBLISHED = Path.of("src", "benchmark", "results");

    private Benchmarks() {}

    @SuppressWarnings("SystemOut") // the table is for the user of the build
    public static void main(String[] args) throws IOException, RunnerException {
        Pattern selected = Pattern.compile(System.getProperty("benchmarks", ""), Pattern.CASE_INSENSITIVE);
        List<Topic> topics = Topics.ALL.stream()
                .map(topic -> topic.only(row -> selected.matcher(row.benchmark()).find()))
                .filter(topic -> !topic.isEmpty())
                .toList();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("No benchmark's name matches " + selected);
        }
        Results results = new Results();
        for (Topic topic : topics) {
            run(topic, results);
        }
        Report report = new Report(Machine.read(), topics, results);
        report.write(OUTPUT);
        writeRaw(results);
        if (Boolean.getBoolean("benchmarks.publish")) {
            report.write(PUBLISHED);
        }
        System.out.println("\n" + report.text());
        if (!report.failures().isEmpty()) {
            throw new IllegalStateException("Failed; see above for the causes: "
                    + report.failures().stream().map(Row::label).toList());
        }
    }

    private static void run(Topic topic, Results results) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(false);
        List<String> includes =
                topic.rows().stream().filter(Row::isPresent).map(Row::include).distinct().toList();
        includes.forEach(options::include);
        for (int round = 0; round < topic.rounds() && !includes.isEmpty(); round++) {
            results.add(new Runner(options.build()).run());
        }
    }

    private static void writeRaw(Results results) throws IOException {
        try (PrintStream json = new PrintStream(OUTPUT.resolve("jmh.json").toFile(), StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, json).writeOut(results.all());
        }
    }
}
