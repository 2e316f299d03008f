package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junitsandbox.Sandbox;
import org.junitsandbox.corpus.Corpus;
import org.junitsandbox.corpus.HarmlessFile;
import org.junitsandbox.corpus.HostileFile;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.verdicts.Rule;
import org.junitsandbox.verdicts.Trial;
import org.junitsandbox.verdicts.TrialInput;
import org.junitsandbox.verdicts.Verdict;
import org.junitsandbox.verdicts.Verdicts;

/**
 * Unpacks hostile uploads with common programs, side by side: which of them stay inside of the directory that they were
 * given? The tables are printed and published with JUnit's report, with a page of all figures for each program.
 */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends unzip libarchive-tools p7zip-full python3 busybox"
                    + " openjdk-17-jre-headless",
            // For a tarfile that has filters: Debian 12 has Python 3.11.2, which has none.
            "cd /etc/apt && for list in sources.list sources.list.d/debian.sources; do [ ! -s $list ]"
                    + " || sed s/bookworm/trixie/g $list > sources.list.d/trixie.${list##*.}; done",
            "apt-get update",
            "apt-get install -y --no-install-recommends python3.13"
        })
class UnpackersTest {

    /** Those that show a difference; {@code Corpus.standard()} has many more. */
    private static final List<String> VARIANTS = List.of(
            "traversal-parent",
            "traversal-absolute",
            "traversal-inner-parent",
            "traversal-backslash",
            "link-absolute",
            "link-parent",
            "link-then-file",
            "link-then-same-name",
            "link-replaces-directory");

    /** Those whose harmless twin is tried as well. */
    private static final List<String> TWINS = List.of("traversal-parent", "link-absolute", "link-then-file");

    @Test
    void unpacksZipFiles(Shell shell, TestReporter reporter) {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("unzip", "unzip -qo \"$0\"");
        programs.put("bsdtar", "bsdtar -xf \"$0\"");
        programs.put("7z", "7z x -y \"$0\"");
        programs.put("zipfile", "python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall()' \"$0\"");
        programs.put("busybox", "busybox unzip -qo \"$0\"");
        programs.put("JavaUnzip", "java -XX:-UsePerfData -cp /work/classes example.JavaUnzip \"$0\" .");

        Map<String, Verdicts> verdicts = unpack(shell, "zip", programs);

        publish("zip", verdicts, reporter);
        verdicts.values().forEach(UnpackersTest::assertTakesEachTwin);
        // Python's makes plain files of links, and 7z makes no link that leads out.
        assertThat(outside(verdicts, "zipfile")).isEmpty();
        assertThat(outside(verdicts, "7z")).isEmpty();
        // The others make links as they come. All but the naive one clean or refuse names.
        for (String program : List.of("unzip", "bsdtar", "busybox")) {
            assertThat(outside(verdicts, program))
                    .as(program)
                    .contains("zip-link-absolute", "zip-link-parent")
                    .noneMatch(name -> name.startsWith("zip-traversal"));
        }
        assertThat(outside(verdicts, "JavaUnzip")).contains("zip-traversal-parent", "zip-traversal-absolute");
    }

    @Test
    void unpacksTarFiles(Shell shell, TestReporter reporter) {
        Map<String, String> programs = new LinkedHashMap<>();
        programs.put("tar", "tar -xf \"$0\"");
        programs.put("bsdtar", "bsdtar -xf \"$0\"");
        programs.put("7z", "7z x -y \"$0\"");
        programs.put("tarfile", "python3.11 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall()' \"$0\"");
        for (String filter : List.of("fully_trusted", "tar", "data")) {
            programs.put(
                    "filter=" + filter,
                    "python3.13 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(filter=\"" + filter
                            + "\")' \"$0\"");
        }
        programs.put("busybox", "busybox tar -xf \"$0\"");

        Map<String, Verdicts> verdicts = unpack(shell, "tar", programs);

        publish("tar", verdicts, reporter);
        verdicts.values().forEach(UnpackersTest::assertTakesEachTwin);
        // Its documentation warns of that: without a filter, Python's tarfile trusts names and links.
        for (String tarfile : List.of("tarfile", "filter=fully_trusted")) {
            assertThat(outside(verdicts, tarfile))
                    .as(tarfile)
                    .contains(
                            "tar-traversal-parent",
                            "tar-traversal-absolute",
                            "tar-link-absolute",
                            "tar-link-parent",
                            "tar-link-then-file");
        }
        assertThat(outside(verdicts, "filter=data")).isEmpty();
        assertThat(outside(verdicts, "7z")).isEmpty();
        // These clean or refuse names and make links as they come; so does the filter "tar".
        for (String program : List.of("tar", "bsdtar", "busybox", "filter=tar")) {
            assertThat(outside(verdicts, program))
                    .as(program)
                    .contains("tar-link-absolute", "tar-link-parent")
                    .noneMatch(name -> name.startsWith("tar-traversal"));
        }
    }

    /** Runs each program over each file; {@code $0} is the file, and the directory is the one to stay in. */
    private static Map<String, Verdicts> unpack(Shell shell, String format, Map<String, String> programs) {
        Map<String, Verdicts> verdicts = new LinkedHashMap<>();
        programs.forEach((program, script) -> {
            Trial trial = Trial.of(shell, file -> Command.of("sh", "-c", script, file).directory("/work/out"))
                    .prepare(clean -> {
                        String target = "/work/classes/example/JavaUnzip.class";
                        clean.copyInResource(JavaUnzip.class, "JavaUnzip.class", target);
                        clean.run("mkdir /work/out");
                    })
                    .rules(Rule.staysInside("/work/out"), Rule.takesHarmlessInputs());
            verdicts.put(program, trial.over(VARIANTS.stream()
                    .flatMap(variant -> inputs(variant, Corpus.file(format + "-" + variant)))));
        });
        return verdicts;
    }

    private static Stream<TrialInput> inputs(String variant, HostileFile file) {
        HarmlessFile twin = file.harmlessTwin();
        return Stream.concat(
                Stream.of(TrialInput.hostile(file.fileName(), file::open)),
                TWINS.contains(variant)
                        ? Stream.of(TrialInput.harmless(twin.fileName(), twin::open))
                        : Stream.empty());
    }

    private static void assertTakesEachTwin(Verdicts verdicts) {
        assertThat(verdicts.all().stream().filter(verdict -> verdict.input().isHarmless()))
                .hasSameSizeAs(TWINS)
                .noneMatch(Verdict::isViolation);
    }

    /** Returns which files made a program leave its directory, without their extension. */
    private static List<String> outside(Map<String, Verdicts> verdicts, String program) {
        return verdicts.get(program).violations().all().stream()
                .map(verdict -> verdict.input().name().replaceFirst("\\.\\w+$", ""))
                .toList();
    }

    private static void publish(String format, Map<String, Verdicts> verdicts, TestReporter reporter) {
        String table = table(verdicts);
        System.out.println(table);
        reporter.publishDirectory("unpackers-" + format, directory -> {
            Files.writeString(directory.resolve("table.txt"), table);
            for (Map.Entry<String, Verdicts> entry : verdicts.entrySet()) {
                String title = entry.getKey() + " over " + format + " files";
                entry.getValue().writePage(title, directory.resolve(entry.getKey() + ".html"));
            }
        });
    }

    private static String table(Map<String, Verdicts> verdicts) {
        StringBuilder table = new StringBuilder("%-34s".formatted(""));
        verdicts.keySet().forEach(program -> table.append("%-22s".formatted(program)));
        List<List<Verdict>> columns = new ArrayList<>();
        verdicts.values().forEach(found -> columns.add(found.all().stream()
                .filter(verdict -> !verdict.input().isHarmless())
                .toList()));
        for (int row = 0; row < VARIANTS.size(); row++) {
            table.append("%n%-34s".formatted(columns.get(0).get(row).input()));
            for (List<Verdict> column : columns) {
                table.append("%-22s".formatted(describe(column.get(row))));
            }
        }
        return table.toString();
    }

    private static String describe(Verdict verdict) {
        if (verdict.isViolation()) {
            return "OUTSIDE";
        }
        return verdict.outcome().orElseThrow().exitCode().orElse(1) == 0 ? "inside" : "refused";
    }
}
