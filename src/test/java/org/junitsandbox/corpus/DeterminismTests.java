package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same version of the corpus makes the same bytes everywhere, with little memory and time. */
class DeterminismTests {

    private static final long MAX_BYTES = 50_000_000;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    @Test
    void makesTheSameBytesInEveryJvm() throws Exception {
        Instant start = Instant.now();
        List<String> plain = digests("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-Duser.language=en");
        assertThat(Duration.between(start, Instant.now())).isLessThan(MAX_TIME);

        List<String> foreign = digests(
                "-Dfile.encoding=UTF-16",
                "-Dline.separator=\r\n",
                "-Duser.timezone=Pacific/Apia",
                // A language with an I of its own.
                "-Duser.language=tr",
                "-Duser.country=TR");

        assertThat(plain).hasSize(2 * Corpus.standard().files().size());
        assertThat(foreign).containsExactlyElementsOf(plain);
    }

    @Test
    void isSmall() throws Exception {
        long bytes = digests().stream()
                .mapToLong(line -> Long.parseLong(line.split(" ", 2)[0]))
                .sum();

        assertThat(bytes).isLessThan(MAX_BYTES);
    }

    private static List<String> digests(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC"));
        Collections.addAll(command, options);
        // Nothing but the corpus itself: no JUnit, no library.
        String classPath = placeOf(Corpus.class) + File.pathSeparator + placeOf(CorpusDigests.class);
        Collections.addAll(command, "-cp", classPath, CorpusDigests.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
