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

/** What the README shows is what the build runs. */
class ReadmeTests {

    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private final String readme = read(Path.of("README.md"));

    @Test
    void everyJavaSnippetIsPartOfAnExample() throws IOException {
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
    void continuousIntegrationRunsTheCommandsOfTheReadme() {
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
