package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.harness.LauncherRun;

/** Secrets of a sandbox are in nothing that is written of tests that fail: JUnit's reports, console and transcripts. */
class SecretsInReportsIT {

    private static final int TESTS = 4;

    @TempDir
    private static Path reports;

    @BeforeAll
    static void runsTheFixture() throws IOException, InterruptedException {
        LauncherRun.withFailures(reports, SecretsInReportsFixture.class);
    }

    /** Asserts that no file in a directory has a secret. */
    static void assertKept(Path directory) throws IOException {
        List<Path> files = files(directory);
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file)
                .content(StandardCharsets.ISO_8859_1)
                .doesNotContain(SecretsInReportsFixture.MARKED, SecretsInReportsFixture.ENVIRONMENT));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void areInNoFile() throws IOException {
        assertKept(reports);
    }

    @ParameterizedTest
    @ValueSource(strings = {TranscriptFiles.TEXT, TranscriptFiles.CAST, TranscriptFiles.PAGE})
    void areMaskedInTheTranscriptOfEachTest(String name) throws IOException {
        assertThat(files(reports)).filteredOn(file -> file.endsWith(name)).hasSize(TESTS).allSatisfy(file ->
                assertThat(file).content().contains("logs in with ***"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEST-junit-jupiter.xml", "open-test-report.xml", "console.txt"})
    void areMaskedInTheReports(String name) {
        assertThat(reports.resolve(name)).content().contains("| ***\n", SecretsInReportsFixture.EXPECTED);
    }
}
