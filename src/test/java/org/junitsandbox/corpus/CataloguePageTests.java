package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the catalogue is that of the corpus. */
class CataloguePageTests {

    private static final Path PAGE = Path.of("src/docs/hostile-files.md");

    private static final String UPDATE = "sandbox.test.updateCatalogue";

    @Test
    void agreesWithTheCorpus() throws IOException {
        List<String> found = CataloguePage.lines();
        if (Boolean.getBoolean(UPDATE)) {
            Files.write(PAGE, found);
        }

        List<String> written = Files.readAllLines(PAGE);

        assertThat(written.equals(found))
                .withFailMessage(() -> PAGE + " is not that of the corpus. Update and commit it:\n  mvn -B test -Dtest="
                        + getClass().getSimpleName() + " -D" + UPDATE + "=true\nMissing (+) and no longer so (-):\n"
                        + difference(written, found))
                .isTrue();
    }

    private static String difference(List<String> written, List<String> found) {
        return Stream.concat(
                        found.stream().filter(line -> !written.contains(line)).map("+ "::concat),
                        written.stream().filter(line -> !found.contains(line)).map("- "::concat))
                .limit(50)
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void hasAFileOrAReasonForEachKindThatOthersList() {
        assertThat(Coverage.KINDS).allSatisfy(kind -> {
            assertThat(kind.names().isEmpty()).isEqualTo(!kind.reason().isEmpty());
            assertThat(kind.names()).allSatisfy(name -> assertThat(Corpus.all().files())
                    .anyMatch(file -> (file.name() + "-").startsWith(name + "-")));
        });
    }
}
