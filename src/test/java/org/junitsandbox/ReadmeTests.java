package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's snippets are parts of examples that the build runs. */
class ReadmeTests {

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private static final Pattern XML_BLOCK = Pattern.compile("(?s)```xml\n(.*?)```");

    private final String readme = read(Path.of("README.md"));

    @Test
    void showsOnlyJavaSnippetsOfExamples() throws IOException {
        String examples;
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            examples = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReadmeTests::read)
                    .collect(Collectors.joining());
        }
        List<String> snippets =
                JAVA_BLOCK.matcher(readme).results().map(result -> result.group(1)).toList();

        assertThat(snippets).isNotEmpty().allSatisfy(snippet -> assertThat(examples).contains(snippet));
    }

    @Test
    void showsTheCoordinatesOfThePom() throws IOException {
        List<String> snippets =
                XML_BLOCK.matcher(readme).results().map(result -> result.group(1)).toList();

        assertThat(snippets).hasSize(1).allSatisfy(snippet -> assertThat(
                        coordinates(XmlValues.of(snippet), "/dependency"))
                .isEqualTo(coordinates(XmlValues.of(Path.of("pom.xml")), "/project")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "thumbnails", "evidence", "uploads", "kubernetes"})
    void usesTheCoordinatesOfThePomInEveryExample(String example) throws IOException {
        XmlValues pom = XmlValues.of(Path.of("examples", example, "pom.xml"));

        assertThat(coordinates(pom, "/project/dependencies/dependency[artifactId='junit-sandbox']"))
                .isEqualTo(coordinates(XmlValues.of(Path.of("pom.xml")), "/project"));
    }

    private static List<String> coordinates(XmlValues document, String element) {
        return Stream.of("groupId", "artifactId", "version")
                .map(name -> document.at(element + "/" + name))
                .toList();
    }

    @Test
    void showsTheCommandsThatContinuousIntegrationRuns() {
        List<String> commands = Pattern.compile("(?m)^src/test/engine/provide\\.sh && .*$")
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(commands).hasSize(2);
        assertThat(read(Path.of(".ci/run")).lines()).containsSubsequence(commands);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
