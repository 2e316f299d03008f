package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.Sandbox.Keep;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.shell.Shell;

/** Which transcripts are in JUnit's report. */
@SuppressWarnings("NullAway.Init") // fields that a test sets
class TranscriptIT extends PublishedTranscripts {

    @Sandbox(image = "busybox")
    static class Failing {
        @Test
        void passes(Shell shell) {
            shell.run("echo passing");
        }

        @Test
        void fails(Shell shell) {
            shell.run("echo failing");
            throw new AssertionError("as planned");
        }

        @Test
        void isSkipped(Shell shell) {
            shell.run("echo skipped");
            abort();
        }
    }

    @Test
    void arePublishedOfFailedTestsByDefault() {
        Map<String, List<String>> transcripts = transcripts(Map.of(), Failing.class);

        assertThat(transcripts).containsOnlyKeys("fails(Shell)");
        assertThat(transcripts.get("fails(Shell)"))
                .singleElement()
                .asString()
                .startsWith("Transcript of " + Failing.class.getName() + " fails(Shell), opened at ")
                .contains("$ echo failing\n")
                .contains(" s out | failing\n  exited with code 0, after ");
    }

    @Test
    void arePublishedOfAllTestsOrOfNone() {
        assertThat(transcripts(Map.of(SandboxParameters.TRANSCRIPT, "always"), Failing.class))
                .containsOnlyKeys("fails(Shell)", "passes(Shell)", "isSkipped(Shell)")
                .allSatisfy((test, transcripts) -> assertThat(transcripts).hasSize(1));
        assertThat(transcripts(Map.of(SandboxParameters.TRANSCRIPT, "never"), Failing.class)).isEmpty();
    }

    @Sandbox(image = "busybox", transcript = Keep.FAILED)
    static class FailingAround {
        @Sandbox
        Shell field;

        @BeforeEach
        void before() {
            if (field.run("echo before; false").exitCode() != 0) {
                throw new AssertionError("before");
            }
        }

        @Test
        void beginning() {}
    }

    @Sandbox(image = "busybox")
    static class FailingAfter {
        @Test
        void ending(Shell shell, @Sandbox(name = "other") Shell other) {
            shell.run("echo one");
            other.run("echo other");
        }

        @AfterEach
        void after(Shell shell) {
            shell.run("echo after");
            throw new AssertionError("after");
        }
    }

    @Test
    void arePublishedOfTestsWhoseLifecycleMethodsFail() {
        assertThat(transcripts(Map.of(), FailingAround.class).get("beginning()"))
                .singleElement()
                .asString()
                .contains("| before\n");
        assertThat(transcripts(Map.of(), FailingAfter.class).get("ending(Shell, Shell)"))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("| one\n", "| after\n"))
                .anySatisfy(text -> assertThat(text).contains(", sandbox other, opened", "| other\n"));
    }

    @Sandbox(image = "busybox", files = "missing")
    static class FailingSetUp {
        @Test
        void cannotBegin(Shell shell) {
            shell.run("true");
        }
    }

    @Test
    void arePublishedOfTestsWhoseSandboxCannotBeSetUp() {
        assertThat(transcripts(Map.of(), FailingSetUp.class).get("cannotBegin(Shell)"))
                .singleElement()
                .asString()
                .contains("FailingSetUp cannotBegin(Shell), opened at ", "] used since the sandbox was opened");
        assertThat(failures.get("cannotBegin(Shell)")).contains("File \"missing\" of @Sandbox for ");
    }

    @Test
    void areWholeOfTestsWhoseSandboxCannotBeSetUp() throws IOException {
        assertThat(transcripts(Map.of(SandboxParameters.TRANSCRIPT, "always"), FailingSetUp.class)
                        .get("cannotBegin(Shell)"))
                .singleElement()
                .asString()
                .contains("] used since the sandbox was opened");
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.map(file -> file.getFileName().toString())).contains(TranscriptFiles.PAGE);
        }
        assertThat(failures.get("cannotBegin(Shell)")).contains("File \"missing\" of @Sandbox for ");
    }

    static class FailingSetUpOfShared {
        @Test
        void one(@Sandbox(image = "busybox", reset = Reset.CLASS, files = "missing") Shell shell) {
            shell.run("true");
        }

        @Test
        void two(@Sandbox(image = "busybox", reset = Reset.CLASS, files = "missing") Shell shell) {
            shell.run("true");
        }

        @Test
        void three(@Sandbox(image = "busybox", reset = Reset.CLASS, files = "missing") Shell shell) {
            shell.run("true");
        }
    }

    @Test
    void arePublishedOnceForEachTestWhoseSharedSandboxCannotBeSetUp() {
        assertThat(transcripts(Map.of(), FailingSetUpOfShared.class))
                .containsOnlyKeys("one(Shell)", "two(Shell)", "three(Shell)")
                .allSatisfy((test, transcripts) -> assertThat(transcripts).hasSize(1));
    }

    @Sandbox(image = "busybox", reset = Reset.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Shared {
        @BeforeAll
        static void prepare(Shell shell) {
            shell.run("echo prepared");
        }

        @Test
        void first(Shell shell) {
            shell.run("echo one");
        }

        @Test
        void second(Shell shell) {
            shell.run("echo two");
            throw new AssertionError("as planned");
        }

        @Test
        void third(Shell shell) {
            shell.run("echo three");
        }
    }

    @Test
    void haveAllUpToTheEndOfATestThatFailedOfASandboxOfSeveral() {
        Map<String, List<String>> transcripts = transcripts(Map.of(), Shared.class);

        assertThat(transcripts).containsOnlyKeys("second(Shell)");
        assertThat(transcripts.getOrDefault("second(Shell)", List.of("")).get(0).lines()
                        .filter(line -> line.matches(".*( out \\| |s] # (?!of /work)).*"))
                        .map(line -> line.replaceAll("^.* s (out|ERR) \\| |^.*s] # ", "")))
                .containsExactly(
                        "prepared",
                        "test " + Shared.class.getName() + " first(Shell)",
                        "one",
                        "test " + Shared.class.getName() + " second(Shell)",
                        "two");
    }

    static class FailingConstructor {
        @Sandbox(image = "busybox", reset = Reset.CLASS)
        static Shell shell;

        FailingConstructor() {
            shell.run("echo constructing");
            throw new IllegalStateException("as planned");
        }

        @Test
        void isNotReached() {}
    }

    static class FailingBefore implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw new IllegalStateException("as planned");
        }
    }

    @ExtendWith(FailingBefore.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class FailingInAnotherExtension {
        @Sandbox(image = "busybox", reset = Reset.CLASS)
        static Shell shell;

        @Test
        void isNotReached() {}
    }

    @Test
    void areThoseOfSharedSandboxesWhereATestFailsBeforeItsLifecycleMethods() {
        assertThat(transcripts(Map.of(), FailingConstructor.class).get("isNotReached()"))
                .singleElement()
                .asString()
                .containsOnlyOnce("# test " + FailingConstructor.class.getName() + " isNotReached()")
                .contains("out | constructing");
        assertThat(transcripts(Map.of(), FailingInAnotherExtension.class)).containsOnlyKeys("isNotReached()");
    }

    static class SharedFromConstructor {
        private final Shell shell;

        SharedFromConstructor(@Sandbox(image = "busybox", reset = Reset.CLASS) Shell shell) {
            this.shell = shell;
        }

        @Test
        void one() {
            shell.run("echo one");
            throw new AssertionError("as planned");
        }
    }

    @Test
    void haveTheBeginningOfATestOnce() {
        assertThat(transcripts(Map.of(), SharedFromConstructor.class).get("one()"))
                .singleElement()
                .asString()
                .containsOnlyOnce("# test ");
    }

    @Test
    void areThoseOfClassesAsWell() {
        Map<String, List<String>> transcripts =
                transcripts(Map.of(SandboxParameters.TRANSCRIPT, "always"), Shared.class);

        assertThat(transcripts).containsOnlyKeys("second(Shell)", "TranscriptIT$Shared");
        assertThat(transcripts.get("TranscriptIT$Shared"))
                .singleElement()
                .asString()
                .contains("| three\n");
    }

    static class InCode {
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void fails(int number, @Sandbox(image = "busybox") Sandboxes sandboxes) {
            sandboxes.open(sandboxes.spec()).run("echo opened " + number);
            sandboxes.open(sandboxes.spec()).run("echo second");
            throw new AssertionError("as planned");
        }
    }

    @Test
    void arePublishedOfSandboxesThatAreOpenedInCode() {
        Map<String, List<String>> transcripts = transcripts(Map.of(), InCode.class);

        assertThat(transcripts).hasSize(2);
        assertThat(transcripts.values()).allSatisfy(texts -> assertThat(texts).hasSize(2));
    }

    @Test
    void failNoTestWhereTheyCannotBeWritten() throws IOException {
        Files.writeString(output.resolve("file"), "");
        Map<String, List<String>> transcripts = transcripts(
                Map.of("junit.platform.reporting.output.dir", output.resolve("file").toString()), Failing.class);

        assertThat(transcripts).isEmpty();
        assertThat(failures).containsEntry("fails(Shell)", "as planned").doesNotContainKey("passes(Shell)");
    }
}
