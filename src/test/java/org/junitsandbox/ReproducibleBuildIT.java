package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes. Needs no engine, but the jars that the build under test has packaged. */
class ReproducibleBuildIT {

    private static final Path BUILT = Path.of("target");

    @TempDir
    private Path elsewhere;

    @Test
    @Timeout(value = MavenBuild.LIMIT_MINUTES, unit = TimeUnit.MINUTES)
    void buildsTheSameJarsAndBillOfMaterialsInAnotherPlaceTimeZoneAndLanguage() throws Exception {
        MavenBuild.in(elsewhere)
                .run(Map.of("MAVEN_OPTS", "-Duser.language=de -Duser.timezone=Asia/Kathmandu"), "package");

        List<Path> rebuilt = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(elsewhere.resolve(BUILT), "{*.jar,bom.json}")) {
            files.forEach(rebuilt::add);
        }
        assertThat(rebuilt)
                .hasSize(MavenBuild.OFFLINE ? 2 : 3)
                .allSatisfy(file -> assertThat(BUILT.resolve(file.getFileName()))
                        .as(
                                "%s as this build has packaged it; stale classes go with \"mvn clean\"",
                                file.getFileName())
                        .hasSameBinaryContentAs(file));
    }
}
