package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
        List<String> plain = digests("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-Duser.language=en");
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
    void isSmallAndSoonMade() throws Exception {
        List<String> lines = run();
        long milliseconds = Long.parseLong(lines.get(lines.size() - 1));
        long bytes = withoutLast(lines).stream()
                .mapToLong(line -> Long.parseLong(line.split(" ", 2)[0]))
                .sum();

        assertThat(bytes).isLessThan(MAX_BYTES);
        // Of the CPU: how long it takes by the clock depends on what else the machine does.
        assertThat(Duration.ofMillis(milliseconds)).isLessThan(MAX_TIME);
    }

    private static List<String> digests(String... options) throws Exception {
        return withoutLast(run(options));
    }

    private static List<String> withoutLast(List<String> lines) {
        return lines.subList(0, lines.size() - 1);
    }

    private static List<String> run(String... options) throws Exception {
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
