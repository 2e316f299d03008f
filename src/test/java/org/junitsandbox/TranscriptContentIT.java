package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** What is published with the transcript of a sandbox, and what is not in it. */
@SuppressWarnings("NullAway.Init") // fields that a test sets
class TranscriptContentIT extends PublishedTranscripts {

    @Test
    void areInFilesOfTheDirectoryThatIsPublished() throws IOException {
        transcripts(Map.of(), TranscriptIT.Failing.class);
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(TranscriptFiles.TEXT, TranscriptFiles.CAST, TranscriptFiles.PAGE);
        }
    }

    @Sandbox(image = "busybox")
    static class WithFiles {
        @Test
        void fails(Shell shell) {
            shell.run("mkdir -p closed/in; echo a > closed/in/a; chmod 0 closed");
            shell.run("echo unreadable > secret; chmod 0 secret");
            shell.run("ln -s /etc link; mkfifo pipe; echo b > open");
            throw new AssertionError("as planned");
        }

        @Test
        void passes(Shell shell) {
            shell.run("echo c > c");
        }
    }

    private List<String> kept(Map<String, String> parameters) throws IOException {
        transcripts(parameters, WithFiles.class);
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("transcript."))
                    .toList();
        }
    }

    @Test
    void haveTheFilesOfFailedTestsBesideThem() throws IOException {
        assertThat(kept(Map.of())).containsExactlyInAnyOrder("open", Evidence.FILES_LEFT_OUT);
        try (Stream<Path> files = Files.walk(output)) {
            Path leftOut = files.filter(file -> file.endsWith(Evidence.FILES_LEFT_OUT)).findFirst().orElseThrow();
            assertThat(leftOut)
                    .content()
                    .contains("closed", "secret")
                    .contains("\"./link\" is a symbolic link to /etc, which could lead outside\n")
                    .contains("\"./pipe\" is neither a file nor a directory\n");
        }
    }

    @Test
    void replaceThoseOfAnEarlierRun() throws IOException {
        assertThat(kept(Map.of(SandboxParameters.KEEP_FILES, "always"))).contains("open", "c");
        assertThat(kept(Map.of())).containsOnlyOnce("open");
        assertThat(kept(Map.of(SandboxParameters.KEEP_FILES, "never"))).doesNotContain("open");
    }

    @Test
    void haveTheFilesOfAllTestsOrOfNone() throws IOException {
        assertThat(kept(Map.of(SandboxParameters.KEEP_FILES, "always"))).contains("open", "c");
    }

    @Test
    void haveNoFilesWhereNoneAreToBeKept() throws IOException {
        assertThat(kept(Map.of(SandboxParameters.KEEP_FILES, "never"))).isEmpty();
        assertThat(kept(Map.of(SandboxParameters.TRANSCRIPT, "never"))).isEmpty();
    }

    @Sandbox(image = "busybox", environment = "TOKEN=s3cret")
    static class Secretive {
        @ParameterizedTest
        @ValueSource(strings = "s3cret")
        void fails(String secret, Shell shell) throws IOException {
            shell.run("echo before $TOKEN; ln -s /etc s3cret");
            shell.mask(secret);
            try (Stream<Path> files = Files.walk(followed)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.add(Files.readString(file));
                }
            }
            shell.run("echo after");
            throw new AssertionError("as planned");
        }
    }

    private static final List<String> contents = new ArrayList<>();
    private static Path followed;

    @Test
    void hideSecretsInTheirTitleInWhatIsLeftOutAndInWhatCameBefore() throws IOException {
        for (String when : List.of("failed", "always")) {
            followed = output;
            contents.clear();
            String text = transcripts(Map.of(SandboxParameters.TRANSCRIPT, when), Secretive.class)
                    .values()
                    .iterator()
                    .next()
                    .get(0);
            assertThat(text).contains("secret=***", "before ***", "TOKEN=***", "out | after", "] used since");
            try (Stream<Path> files = Files.walk(output)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.add(Files.readString(file));
                }
            }
            assertThat(contents).hasSizeGreaterThanOrEqualTo(4).allSatisfy(content -> assertThat(content)
                    .isNotEmpty()
                    .doesNotContain("s3cret")
                    .contains("***"));
        }
    }

    @Test
    void endWithWhatWasUsedAndChanged() {
        assertThat(transcripts(Map.of(), WithLargeFiles.class).get("fails(Shell)"))
                .singleElement()
                .extracting(OwnUser::hidden)
                .asString()
                .containsPattern("] used since the sandbox was opened or reset\n  time: .*; CPU time: ")
                .contains("\n  memory: ", "\n  network: ")
                .contains("""
                        ] changes of files
                          3 added
                            /work/
                              added a (regular file, 684 KiB, mode 0644, owner 65534:65534)
                              added b (regular file, 684 KiB, mode 0644, owner 65534:65534)
                              added c (regular file, 2 B, mode 0644, owner 65534:65534)
                        """);
    }

    @Sandbox(image = "busybox")
    static class WithLargeFiles {
        @Test
        void fails(Shell shell) {
            shell.run("head -c 700000 /dev/zero >a; head -c 700000 /dev/zero >b; echo c >c");
            throw new AssertionError("as planned");
        }
    }

    @Test
    void haveFilesUpToALimitAndNameTheOthers() throws IOException {
        Map<String, List<String>> transcripts =
                transcripts(Map.of(SandboxParameters.KEEP_FILES_MAX, "1MiB"), WithLargeFiles.class);

        assertThat(transcripts.get("fails(Shell)"))
                .singleElement()
                .asString()
                .containsPattern("""
                        # of /work, left out of work/ and named in work-left-out.txt:
                            > "\\./[ab]" has 684 KiB, more than is left of the 1 MiB that all files may have
                        """);
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.length() == 1))
                    .hasSize(2)
                    .contains("c");
        }
    }

    @Test
    void haveTheReasonWhyItIsNotKnownWhatHasChanged() {
        assertThat(transcripts(Map.of(), WithFiles.class).get("fails(Shell)"))
                .singleElement()
                .asString()
                .containsPattern("] changes of files\n  Cannot list the files [^\n]*/work/closed: Permission denied");
    }

    @Sandbox(image = "busybox")
    static class StillRunning {
        @Test
        void fails(Shell shell) {
            CompletableFuture<CommandResult> unused = shell.runAsync("sleep 1000");
            throw new AssertionError("as planned");
        }
    }

    @Test
    @Timeout(60)
    void waitForNoCommandThatIsRunning() {
        assertThat(transcripts(Map.of("sandbox.limits.commandTime", "1h"), StillRunning.class).get("fails(Shell)"))
                .singleElement()
                .asString()
                .doesNotContain("used since", "changes of files")
                .contains("# not looked for: what was used and which files have changed, as a command was still"
                        + " running\n")
                .contains("""
                        # of /work, left out of work/ and named in work-left-out.txt:
                            > all, as a command was still running
                        """);
    }
}
