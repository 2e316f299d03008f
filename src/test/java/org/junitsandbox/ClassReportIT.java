package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.harness.EngineLimits;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.LimitCheck;

/** What JUnit's report contains about sandboxes that are weaker than they could be or should be. */
class ClassReportIT {

    /** An image that keeps a place on the engine's disk writable: no engine makes this hold. */
    private Path dockerfile = Path.of("");

    /** An entry and the class that it is of. */
    private record Entry(String place, Map<String, String> content) {}

    @BeforeEach
    void makeDockerfile(@TempDir Path folder) throws IOException {
        dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM busybox:latest\nVOLUME /data\n");
    }

    private static List<Entry> entries(EngineExecutionResults results) {
        return results.allEvents().reportingEntryPublished().stream()
                .map(event -> new Entry(
                        event.getTestDescriptor().getDisplayName(),
                        event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()))
                .toList();
    }

    private static List<Entry> entriesOf(int tests, Map<String, String> parameters, Class<?> type) {
        EngineExecutionResults results = Fixtures.run(parameters, type);
        assertThat(Fixtures.failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
        return entries(results);
    }

    @Sandbox(image = "busybox")
    static class Untrusted {
        @Test
        void one(Shell shell) {
            shell.run("true");
        }
    }

    @Test
    void publishesNothingAboutASandboxThatIsAsItShouldBe() {
        EngineLimits.assumeThatAllHold();
        assertThat(entriesOf(1, Map.of(), Untrusted.class)).isEmpty();
    }

    @Sandbox(image = "busybox", user = "0:0", readOnlyRoot = Sandbox.Flag.FALSE)
    static class Loosened {
        @Test
        void one(Shell shell) {
            shell.run("true");
        }

        @Test
        void another(Shell shell) {
            shell.run("true");
        }

        @Test
        void third(@Sandbox(profile = Sandbox.Profile.TRUSTED, network = "none", user = "1:1") Shell shell) {
            shell.run("true");
        }

        @Nested
        class Inner {
            @Test
            void inner(Shell shell) {
                shell.run("true");
            }
        }
    }

    @Test
    void publishesWhatIsLoosenedOnceForEachKindOfSandboxAndClass() {
        EngineLimits.assumeThatAllHold();
        assertThat(entriesOf(4, Map.of(), Loosened.class))
                .containsExactlyInAnyOrder(
                        new Entry(
                                "ClassReportIT$Loosened",
                                Map.of("sandbox.loosened", "user 0:0; writable root file system")),
                        new Entry("ClassReportIT$Loosened", Map.of(
                                "sandbox.loosened",
                                "writable root file system; the engine's default capabilities; setuid programs")),
                        new Entry("Inner", Map.of("sandbox.loosened", "user 0:0; writable root file system")));
    }

    @Sandbox
    static class TwoTests {
        @Test
        void one(Shell shell) {
            assertThat(shell.limitWarnings()).hasSize(1);
        }

        @Test
        void another(Shell shell) {
            assertThat(shell.limitWarnings()).hasSize(1);
        }
    }

    @Sandbox(reset = Reset.CLASS, limitCheck = LimitCheck.WARN)
    static class OneForAll {
        @Test
        void one(Shell shell) {
            shell.run("true");
        }

        @Test
        void another(Shell shell) {
            shell.run("true");
        }
    }

    private Map<String, String> parameters() {
        return Map.of("sandbox.dockerfile", dockerfile.toString(), "sandbox.limitCheck", "require");
    }

    private Map<String, String> parametersWithWarning() {
        return Map.of("sandbox.dockerfile", dockerfile.toString(), "sandbox.limitCheck", "warn");
    }

    @Test
    void failsEveryTestIfALimitDoesNotHold() {
        EngineExecutionResults results = Fixtures.run(parameters(), TwoTests.class);

        assertThat(Fixtures.failures(results))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message)
                        .contains("file system at /data: asked none that can be written to, found ")
                        .contains("sandbox.limitCheck=warn"));
        assertThat(entries(results)).isEmpty();
    }

    @Test
    void publishesAWarningOnceForTheClass() {
        EngineLimits.assumeThatAllHold();
        assertThat(entriesOf(2, parametersWithWarning(), TwoTests.class)).singleElement().satisfies(entry -> {
            assertThat(entry.place()).isEqualTo("ClassReportIT$TwoTests");
            assertThat(entry.content()).containsOnlyKeys("sandbox.limitWarnings");
            assertThat(entry.content().get("sandbox.limitWarnings"))
                    .startsWith("file system at /data: asked none that can be written to, found ");
        });
    }

    @Test
    void takesAWarningFromTheAnnotation() {
        assertThat(entriesOf(2, parameters(), OneForAll.class))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).containsOnlyKeys("sandbox.limitWarnings"));
    }

    @Test
    void refusesALimitCheckThatIsNotValid() {
        assertThat(Fixtures.failure(Map.of("sandbox.limitCheck", "off"), Untrusted.class))
                .endsWith("configuration parameter sandbox.limitCheck: \"off\" is not one of [REQUIRE, WARN]");
    }
}
