package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void listsTheDefaultSet() {
        assertThat(run("list")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSameSizeAs(Corpus.standard().files())
                .contains("zip-traversal-parent\tNames that lead out of the target directory"
                        + "\tAn entry is named ../escaped.txt.");
    }

    @Test
    void writesWhatIsNamed() throws IOException {
        Path target = directory.resolve("new/place");

        assertThat(run("write", target.toString(), "zip-traversal-parent", "zip-traversal-absolute"))
                .isZero();

        assertThat(files(target))
                .containsExactlyInAnyOrder(
                        "zip-traversal-parent.zip",
                        "zip-traversal-parent-twin.zip",
                        "zip-traversal-absolute.zip",
                        "zip-traversal-absolute-twin.zip");
        HostileFile file = Corpus.file("zip-traversal-parent");
        assertThat(target.resolve(file.fileName())).hasBinaryContent(file.bytes());
    }

    @Test
    void writesWhatBeginsWithAName() throws IOException {
        assertThat(run("write", directory.toString(), "zip-traversal")).isZero();

        assertThat(files(directory))
                .hasSize(2
                        * Corpus.standard()
                                .formats(Format.ZIP)
                                .attacks(Attack.TRAVERSAL)
                                .files()
                                .size());
    }

    @Test
    void overwritesNothing() throws IOException {
        Path there = Files.writeString(directory.resolve("zip-traversal-parent.zip"), "mine");

        assertThat(run("write", directory.toString(), "zip-traversal-parent")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Not overwritten", there.toString());
        assertThat(there).hasContent("mine");
    }

    @Test
    void reportsAnUnknownName() {
        assertThat(run("list", "zap")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No hostile file is named 'zap'");
        assertThat(out.size()).isZero();
    }

    @Test
    void showsItsUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("write")).isEqualTo(2);
        assertThat(run("remove", "all")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: list [NAME...] | write DIR [NAME...]");
    }

    private int run(String... arguments) {
        return Main.run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
