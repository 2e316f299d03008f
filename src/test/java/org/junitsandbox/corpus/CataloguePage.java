package org.junitsandbox.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The page that lists all hostile files, made from the corpus itself. */
final class CataloguePage {

    private static final String INTRODUCTION =
            """
            # Hostile files

            %d files in %d formats, each with a harmless twin. %d more are larger than 4 MiB themselves, up to 1 TiB, \
            and are made only when asked for. This page is made from the corpus itself.

            - `@ParameterizedTest @HostileFiles(formats = ZIP, attacks = TRAVERSAL)` gives them to a test.
            - `Corpus.standard()` and `Corpus.file("zip-traversal-parent")` give them to other code.
            - `java -jar junit-sandbox.jar list`, or `write DIR zip-traversal`, needs no JUnit.
            - `Trial` runs a command over them, each in a clean sandbox, and gives a table of what it did: see \
            [Verdicts](evidence.md#verdicts), and [examples](../../examples#weaknesses-that-they-find) for what common \
            programs fall for.
            - `HostileFile.writeTo(path)`, `open()` and `bytes()` make the bytes: the same in every JVM and language.

            A file is named by its format, its attack and a variant, such as `zip-traversal-parent`. Never use an \
            `uploadName()` as a path.

            ## Attacks

            | attack | files | what it is | weakness | what a safe program does |
            |---|---|---|---|---|
            """;

    private CataloguePage() {}

    static List<String> lines() {
        List<HostileFile> standard = Corpus.standard().files();
        List<String> lines = new ArrayList<>(INTRODUCTION
                .formatted(
                        standard.size(),
                        standard.stream().map(HostileFile::format).distinct().count(),
                        Corpus.all().files().size() - standard.size())
                .lines()
                .toList());
        for (Attack attack : Attack.values()) {
            int count = Corpus.all().attacks(attack).files().size();
            if (count > 0) {
                lines.add(row(
                        "`" + attack + "`",
                        String.valueOf(count),
                        attack.summary(),
                        attack.weakness(),
                        attack.safeHandling()));
            }
        }
        lines.addAll(Coverage.lines());
        for (Format format : Format.values()) {
            List<HostileFile> files = Corpus.all().formats(format).files();
            if (!files.isEmpty()) {
                lines.addAll(List.of(
                        "",
                        "## `" + format + "`",
                        "",
                        "| file | what is hostile in it | becomes | described in |",
                        "|---|---|---|---|"));
                files.stream().map(CataloguePage::row).forEach(lines::add);
            }
        }
        return lines;
    }

    private static String row(HostileFile file) {
        String handling = file.safeHandling().equals(file.attack().safeHandling()) ? "" : " " + file.safeHandling();
        return row(
                "`" + file.name() + "`" + (file.isHuge() ? " (huge)" : ""),
                file.description() + handling,
                becomes(file.expansion()),
                file.reference());
    }

    private static String becomes(Expansion expansion) {
        String bytes = String.format(Locale.ROOT, "%,d B", expansion.bytes());
        String entries = expansion.entries() == 1 ? "" : String.format(Locale.ROOT, ", %,d parts", expansion.entries());
        String depth = expansion.depth() < 2 ? "" : ", " + expansion.depth() + " layers";
        return bytes + entries + depth;
    }

    static String row(String... cells) {
        return "| "
                + String.join(
                        " | ", Arrays.stream(cells).map(CataloguePage::escape).toList()) + " |";
    }

    /** Descriptions have characters that Markdown takes as its own. */
    private static String escape(String text) {
        return text.startsWith("`") ? text : text.replaceAll("[\\\\*_|<>\\[\\]$`]", "\\\\$0");
    }
}
