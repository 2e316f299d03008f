package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/**
 * What parsers do with hostile XML, side by side: which of them bring another file's text out, which ask the network,
 * and what keeps the others within bounds.
 */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends libxml2-utils python3-lxml python3-defusedxml"
                    + " openjdk-17-jre-headless"
        },
        limits = @Limits(memory = "192MiB", commandTime = "15s"))
class XmlParsersTest {

    /** Those that show a difference; {@code Corpus.standard()} has many more. */
    private static final List<String> FILES = List.of(
            "xml-external-reference-entity-file",
            "xml-external-reference-entity-utf-16",
            "xml-external-reference-include-file",
            "xml-external-reference-entity-http",
            "xml-external-reference-document-type-http",
            "xml-bomb-laughs",
            "xml-bomb-quadratic",
            "xml-nesting-elements");

    @Test
    void parsesWithXmllint(Shell shell, TestReporter reporter) {
        Map<String, String> programs = new LinkedHashMap<>();
        for (String options : List.of("", " --noent", " --noent --nonet", " --noent --huge", " --xinclude")) {
            programs.put("xmllint" + options, "xmllint" + options + " \"$0\"");
        }

        SideBySide found = SideBySide.run(shell, programs, FILES);

        found.publish("xmllint", reporter);
        programs.keySet().forEach(program -> assertThat(found.harmlessCell(program)).isEqualTo("taken"));
        assertStaysWithin(found, "xmllint");
        // --noent does not mean "no entities": it puts what they name in their place. --nonet leaves files to be read.
        assertThat(found.cells("xmllint --noent"))
                .startsWith("reads a file", "reads a file", "taken", "tries the network");
        assertThat(found.cells("xmllint --noent --nonet"))
                .startsWith("reads a file")
                .doesNotContain("tries the network");
        // --huge lifts libxml2's own limits: only those of the sandbox are left.
        assertThat(found.cell("xmllint --noent", "xml-bomb-laughs")).isEqualTo("refused");
        assertThat(found.cell("xmllint --noent --huge", "xml-bomb-laughs")).isIn("out of memory", "out of time");
        assertThat(found.cell("xmllint --xinclude", "xml-external-reference-include-file"))
                .isEqualTo("reads a file");
    }

    @Test
    void parsesWithPython(Shell shell, TestReporter reporter) {
        Map<String, String> programs = new LinkedHashMap<>();
        for (String parser : List.of(
                "xml.etree",
                "xml.sax",
                "xml.sax with entities",
                "lxml",
                "lxml without entities",
                "defusedxml")) {
            programs.put(parser, "python3 /work/example/parsers.py '" + parser + "' \"$0\"");
        }

        SideBySide found = SideBySide.run(shell, programs, FILES, "parsers.py");

        found.publish("python", reporter);
        programs.keySet().forEach(program -> assertThat(found.harmlessCell(program)).isEqualTo("taken"));
        for (String parser : List.of("xml.etree", "xml.sax", "lxml without entities", "defusedxml")) {
            assertStaysWithin(found, parser);
        }
        // Python 3.7.1 turned that feature off, lxml 5.0 no longer opens files; Debian 12 has lxml 4.9.
        for (String parser : List.of("xml.sax with entities", "lxml")) {
            assertThat(found.cells(parser)).as(parser).startsWith("reads a file", "reads a file");
        }
    }

    @Test
    void parsesWithTheJdk(Shell shell, TestReporter reporter) {
        Map<String, String> programs = new LinkedHashMap<>();
        for (String parser :
                List.of("DOM", "SAX", "StAX", "DOM, secure processing", "DOM, no DOCTYPE", "StAX, no DTD")) {
            programs.put(
                    parser,
                    "java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp /work example.JavaXml '"
                            + parser + "' \"$0\"");
        }

        SideBySide found =
                SideBySide.run(shell, programs, FILES, "JavaXml.class", "JavaXml$Printer.class");

        found.publish("jdk", reporter);
        programs.keySet().forEach(program -> assertThat(found.harmlessCell(program)).isEqualTo("taken"));
        // As they come, all three bring the file out and ask the network.
        for (String parser : List.of("DOM", "SAX", "StAX")) {
            assertThat(found.cells(parser))
                    .as(parser)
                    .startsWith("reads a file", "reads a file", "taken", "tries the network", "tries the network");
        }
        for (String parser : List.of("DOM, secure processing", "DOM, no DOCTYPE", "StAX, no DTD")) {
            assertStaysWithin(found, parser);
        }
    }

    private static void assertStaysWithin(SideBySide found, String parser) {
        assertThat(found.cells(parser)).as(parser).allMatch(cell -> cell.equals("taken") || cell.equals("refused"));
    }
}
