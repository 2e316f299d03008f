package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junitsandbox.corpus.Corpus;
import org.junitsandbox.corpus.HarmlessFile;
import org.junitsandbox.corpus.HostileFile;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.verdicts.Rule;
import org.junitsandbox.verdicts.Trial;
import org.junitsandbox.verdicts.TrialInput;
import org.junitsandbox.verdicts.Verdict;
import org.junitsandbox.verdicts.Verdicts;

/** What several programs do with the same hostile files, as a table in Markdown. */
final class SideBySide {

    private static final String READS_A_FILE = "reads a file";
    private static final String TRIES_THE_NETWORK = "tries the network";

    /** The files of the corpus name this one; its first line is in what a program prints that reads it. */
    private static final Rule READS_NO_FILE = (input, result, shell) ->
            // Some programs print what is in UTF-16 in UTF-16.
            (result.stdout() + result.stderr()).replace("\0", "").contains("root:x:0:0")
                    ? List.of(READS_A_FILE + ": /etc/passwd")
                    : List.of();

    private static final Rule TRIES_NO_NETWORK = (input, result, shell) -> Rule.triesNoNetwork()
            .violations(input, result, shell)
            .stream()
            .map(attempts -> TRIES_THE_NETWORK + ": " + attempts)
            .toList();

    private final List<String> files;
    private final Map<String, Verdicts> verdicts;

    private SideBySide(List<String> files, Map<String, Verdicts> verdicts) {
        this.files = files;
        this.verdicts = verdicts;
    }

    /**
     * Runs each program over each file, and over the first one's harmless twin.
     *
     * @param programs by their names; {@code $0} is the file
     * @param files names of files in the corpus
     * @param resources of this package, which are put into /work/example
     */
    static SideBySide run(Shell shell, Map<String, String> programs, List<String> files, String... resources) {
        Map<String, Verdicts> verdicts = new LinkedHashMap<>();
        programs.forEach((name, script) -> {
            Trial trial = Trial.of(shell, file -> Command.of("sh", "-c", script, file))
                    .prepare(clean -> Stream.of(resources)
                            .forEach(each -> clean.copyInResource(SideBySide.class, each, "/work/example/" + each)))
                    .rules(READS_NO_FILE, TRIES_NO_NETWORK, Rule.leavesNothingRunning(), Rule.takesHarmlessInputs());
            HarmlessFile twin = Corpus.file(files.get(0)).harmlessTwin();
            verdicts.put(
                    name,
                    trial.over(Stream.concat(
                            Stream.of(TrialInput.harmless(twin.fileName(), twin::open)),
                            files.stream().map(Corpus::file).map(SideBySide::hostile))));
        });
        return new SideBySide(files, verdicts);
    }

    private static TrialInput hostile(HostileFile file) {
        return TrialInput.hostile(file.fileName(), file::open);
    }

    /** What a program did with a file: a cell of the table. */
    String cell(String program, String file) {
        return describe(verdicts.get(program).all().get(1 + files.indexOf(file)));
    }

    String harmlessCell(String program) {
        return describe(verdicts.get(program).all().get(0));
    }

    /** All cells of a program, without those of harmless files. */
    List<String> cells(String program) {
        return files.stream().map(file -> cell(program, file)).toList();
    }

    private static String describe(Verdict verdict) {
        if (verdict.isViolation()) {
            return verdict.violations().get(0).replaceFirst(":.*", "");
        }
        Outcome outcome = verdict.outcome().orElseThrow();
        if (outcome instanceof Outcome.TimedOut) {
            return "out of time";
        }
        if (outcome instanceof Outcome.OutOfMemory) {
            return "out of memory";
        }
        return outcome.exitCode().orElse(1) == 0 ? "taken" : "refused";
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("| file | " + String.join(" | ", verdicts.keySet()) + " |");
        lines.add("|---".repeat(1 + verdicts.size()) + "|");
        lines.add(line("a harmless one", verdicts.keySet().stream().map(this::harmlessCell)));
        files.forEach(file ->
                lines.add(line("`" + file + "`", verdicts.keySet().stream().map(program -> cell(program, file)))));
        lines.add(line("most CPU time", verdicts.values().stream().map(SideBySide::mostCpuTime)));
        return String.join("\n", lines);
    }

    private static String line(String title, Stream<String> cells) {
        return "| " + title + " | " + String.join(" | ", cells.toList()) + " |";
    }

    private static String mostCpuTime(Verdicts verdicts) {
        return verdicts.all().stream()
                .flatMap(verdict -> verdict.cpuTime().flatMap(time -> time.upperBound()).stream())
                .max(Duration::compareTo)
                .map(time -> "%.1f s".formatted(time.toMillis() / 1000.0))
                .orElse("not known");
    }

    /** Prints the table, and puts it into JUnit's report, with a page of all figures for each program. */
    void publish(String title, TestReporter reporter) {
        System.out.println("\n" + this);
        reporter.publishDirectory(title, directory -> {
            Files.writeString(directory.resolve("table.md"), this + "\n");
            for (Map.Entry<String, Verdicts> entry : verdicts.entrySet()) {
                writePage(entry.getKey(), entry.getValue(), directory);
            }
        });
    }

    private static void writePage(String program, Verdicts found, Path directory) throws IOException {
        found.writePage(program, directory.resolve(program.replaceAll("\\W+", "-") + ".html"));
    }
}
