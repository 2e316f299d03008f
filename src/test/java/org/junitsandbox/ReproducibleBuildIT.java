package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes. Needs no engine, but what the build under test has packaged. */
class ReproducibleBuildIT {

    private static final Path BUILT = Path.of("target");

    /** Offline, Maven makes no bill of materials: its plugin wants to be online. */
    private static final boolean OFFLINE = "offline true".equals(System.getProperty("maven.mode"));

    @TempDir
    private Path elsewhere;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anotherPlaceTimeZoneAndLanguageGiveTheSameJarsAndBillOfMaterials() throws Exception {
        copy(Path.of("pom.xml"));
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                copy(source);
            }
        }

        build();

        List<Path> rebuilt = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(elsewhere.resolve(BUILT), "{*.jar,bom.json}")) {
            files.forEach(rebuilt::add);
        }
        assertThat(rebuilt).hasSize(OFFLINE ? 2 : 3).allSatisfy(file -> assertThat(BUILT.resolve(file.getFileName()))
                .as("%s as this build has packaged it; stale classes go with \"mvn clean\"", file.getFileName())
                .hasSameBinaryContentAs(file));
    }

    private void copy(Path file) throws IOException {
        Path target = elsewhere.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
    }

    private void build() throws IOException, InterruptedException {
        Path log = elsewhere.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("maven.home") + "/bin/mvn",
                "--batch-mode",
                "-Dmaven.test.skip=true",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "package"));
        if (OFFLINE) {
            command.add("--offline");
        }
        ProcessBuilder maven = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().put("MAVEN_OPTS", "-Duser.language=de -Duser.timezone=Asia/Kathmandu");
        Process process = maven.start();
        try {
            assertThat(process.waitFor()).as(() -> command + ":\n" + read(log)).isZero();
        } finally {
            process.destroy();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
