package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.LauncherRun;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * JUnit's own reports of failures on text in which is all that XML forbids: the legacy XML, Open Test Reporting, and
 * what its launcher prints to a console. Needs no engine.
 */
@SuppressWarnings("NullAway.Init") // fields that are set before all tests
class JUnitReportIT {

    /** Shows text from a sandbox as it is. */
    static class Unescaped {
        @Test
        @SuppressWarnings("SystemOut")
        void publishesAndPrints(TestReporter reporter) {
            reporter.publishEntry("stdout", ForbiddenInXmlFixture.FORBIDDEN + "\0\uD800 ");
            System.out.println(ForbiddenInXmlFixture.FORBIDDEN + "\0");
        }
    }

    @TempDir
    private static Path reports;

    private static String console;

    @BeforeAll
    static void runsTheFixture() throws IOException, InterruptedException {
        console = LauncherRun.withFailures(reports, ForbiddenInXmlFixture.class, Unescaped.class);
    }

    private static Document parse(String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(reports.resolve(file).toFile());
    }

    private static List<Element> elements(Document report, String... names) {
        List<Element> elements = new ArrayList<>();
        for (String name : names) {
            NodeList found = report.getElementsByTagName(name);
            IntStream.range(0, found.getLength()).forEach(i -> elements.add((Element) found.item(i)));
        }
        return elements;
    }

    private static void assertShown(List<String> messages) {
        assertThat(messages).hasSize(7);
        assertThat(messages)
                .filteredOn(message -> !message.contains("\\uD800"))
                .hasSize(6)
                .allSatisfy(text -> assertThat(text)
                        .contains("\\u0001", "\\u0008", "\\u001F", "\\uFFFE", "\\uFFFF", "]]>\\u202E\\u2028")
                        .hasSizeLessThan(100_000));
        assertThat(messages)
                .filteredOn(message -> message.contains("\\uD800"))
                .singleElement()
                .satisfies(text -> assertThat(ForbiddenInXmlFixture.allForbidden())
                        .allSatisfy(c -> assertThat(text).contains("\\u%04X".formatted(c))));
    }

    @Test
    void isWellFormedLegacyXml() throws Exception {
        Document report = parse("TEST-junit-jupiter.xml");

        assertThat(elements(report, "system-out"))
                .anySatisfy(element -> assertThat(element.getTextContent()).contains("]]>\u202E\u2028"));
        assertShown(elements(report, "failure", "error").stream()
                .map(element -> element.getAttribute("message"))
                .toList());
    }

    @Test
    void isWellFormedOpenTestReporting() throws Exception {
        Document report = parse("open-test-report.xml");

        assertThat(elements(report, "output"))
                .anySatisfy(element -> assertThat(element.getTextContent()).contains("]]>\u202E\u2028"));
        assertShown(elements(report, "result").stream()
                .filter(element -> element.getAttribute("status").equals("FAILED"))
                .map(Element::getTextContent)
                .toList());
    }

    /** What the test itself prints and publishes is not the library's. */
    @Test
    void isReadableOnAConsole() {
        String ofTheLibrary = console.lines()
                .filter(line -> line.contains("=> ") || line.contains("\\u"))
                .reduce("", (all, line) -> all + line + "\n");

        assertThat(ofTheLibrary).contains("\\u001F").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\\n]]");
    }
}
