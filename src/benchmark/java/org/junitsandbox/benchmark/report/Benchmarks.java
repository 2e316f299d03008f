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
 * Runs the benchmarks, prints their table, and writes it, its plots and JMH's own figures. Takes its two arguments from
 * system properties, as a build's user gives them: {@code benchmarks} is a regular expression for the names of those to
 * be run, and {@code benchmarks.publish} puts table and plots also to where they are kept.
 */
public final class Benchmarks {

    private static final Path OUTPUT = Path.of("target", "benchmarks");

    private static final Path KEPT = Path.of("src", "benchmark", "results");

    private Benchmarks() {}

    @SuppressWarnings("SystemOut") // the table is for whoever runs this
    public static void main(String[] args) throws IOException, RunnerException {
        Pattern wanted = Pattern.compile(System.getProperty("benchmarks", ""), Pattern.CASE_INSENSITIVE);
        List<Topic> topics = Topics.ALL.stream()
                .map(topic -> topic.only(side -> wanted.matcher(side.benchmark()).find()))
                .filter(topic -> !topic.isEmpty())
                .toList();
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("No benchmark's name has a match for " + wanted);
        }
        Results results = new Results();
        for (Topic topic : topics) {
            run(topic, results);
        }
        Report report = new Report(Machine.read(), topics, results);
        report.write(OUTPUT);
        writeRaw(results);
        if (Boolean.getBoolean("benchmarks.publish")) {
            report.write(KEPT);
        }
        System.out.println("\n" + report.text());
        if (!report.failures().isEmpty()) {
            throw new IllegalStateException("Failed; see above for the causes: "
                    + report.failures().stream().map(Side::label).toList());
        }
    }

    private static void run(Topic topic, Results results) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(false);
        List<String> includes =
                topic.sides().stream().filter(Side::isPresent).map(Side::include).distinct().toList();
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
