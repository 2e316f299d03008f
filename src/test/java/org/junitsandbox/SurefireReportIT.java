package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Surefire writes messages into its XML as they are: a code point that XML forbids would make the report unreadable,
 * and so hide a failure. Needs the classes of the build under test.
 */
class SurefireReportIT {

    @TempDir
    private static Path elsewhere;

    @BeforeAll
    @Timeout(value = MavenBuild.LIMIT_MINUTES, unit = TimeUnit.MINUTES)
    static void runsTheFixtures() throws Exception {
        MavenBuild build = MavenBuild.in(elsewhere);
        for (Path classes : List.of(Path.of("target/classes"), Path.of("target/test-classes"))) {
            try (Stream<Path> compiled = Files.walk(classes)) {
                for (Path source : compiled.filter(Files::isRegularFile).toList()) {
                    Path target = elsewhere.resolve(source);
                    Files.createDirectories(target.getParent());
                    Files.copy(source, target);
                }
            }
        }

        build.run(
                Map.of(),
                "-Dmaven.test.skip=false",
                "-DskipTests=false",
                "-Dtest=" + ForbiddenInXmlFixture.class.getSimpleName() + ","
                        + SecretsInReportsFixture.class.getSimpleName(),
                "-Dmaven.test.failure.ignore=true",
                "surefire:test");
    }

    /** Returns the messages in the report of a class. */
    private static List<String> messages(Class<?> type) throws Exception {
        Document report = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(elsewhere
                        .resolve("target/surefire-reports/TEST-" + type.getName() + ".xml")
                        .toFile());
        return texts(report.getElementsByTagName("failure"), report.getElementsByTagName("error"));
    }

    @Test
    void staysWellFormedWithAllThatXmlForbidsInMessages() throws Exception {
        assertThat(messages(ForbiddenInXmlFixture.class))
                .hasSize(7)
                .filteredOn(text -> !text.contains("\\uD800"))
                .hasSize(6)
                .allSatisfy(text -> assertThat(text)
                        .contains("\\u0001", "\\u0008", "\\u001F", "\\uFFFE", "\\uFFFF", "]]>\\u202E\\u2028")
                        .hasSizeLessThan(100_000));
    }

    @Test
    void hasNoSecrets() throws Exception {
        assertThat(messages(SecretsInReportsFixture.class))
                .hasSize(4)
                .allSatisfy(text -> assertThat(text).contains("***"));
        SecretsInReportsIT.assertKept(elsewhere.resolve("target/surefire-reports"));
    }

    private static List<String> texts(NodeList... lists) {
        List<String> texts = new ArrayList<>();
        for (NodeList list : lists) {
            for (int i = 0; i < list.getLength(); i++) {
                texts.add(((Element) list.item(i)).getAttribute("message"));
            }
        }
        return texts;
    }
}
