package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;

/** The transcript of a test that does not come to its end. */
class KilledTestIT extends PublishedTranscripts {

    @Sandbox(image = "busybox")
    static class Endless {
        @Test
        @SuppressWarnings("SystemOut")
        void waits(Shell shell) {
            shell.run("echo whole; echo file > file");
            shell.run(Command.of("echo begun; sleep 1000")
                    .timeLimit("1h")
                    .onOutput((stream, bytes) -> System.out.println("running")));
        }
    }

    /** Runs the test. */
    public static void main(String[] args) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Endless.class))
                        .configurationParameter("junit.platform.reporting.output.dir", args[0])
                        .configurationParameter(SandboxParameters.TRANSCRIPT, "always")
                        .build());
    }

    @Test
    void isWholeUpToWhereTheJvmIsKilled(@TempDir Path directory) throws IOException {
        try (SandboxJvm jvm = SandboxJvm.start(KilledTestIT.class, directory.toString(), Map.of())) {
            assertThat(jvm.nextLine()).isEqualTo("running");
            jvm.kill();
        }

        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(TranscriptFiles.TEXT, TranscriptFiles.CAST);
            assertThat(found).allSatisfy(file -> assertThat(file)
                    .content()
                    .contains("waits(Shell)", "$ echo whole", "exited with code 0, after ")
                    .contains("$ echo begun; sleep 1000")
                    .endsWith("\n"));
        }
    }

    @Sandbox(image = "busybox")
    static class TooLong {
        @Test
        @Timeout(value = 2, unit = TimeUnit.SECONDS)
        void isInterrupted(Shell shell) {
            shell.run("echo whole; echo file > file");
            shell.run(Command.of("echo begun; sleep 1000").timeLimit("1h"));
        }
    }

    @Test
    @Timeout(60)
    void hasWhatWasWrittenUntilJUnitInterruptsTheTest() {
        assertThat(transcripts(Map.of(), TooLong.class).get("isInterrupted(Shell)"))
                .singleElement()
                .asString()
                .contains("out | whole\n", "out | begun\n", "Interrupted while running ")
                .contains("changes of files\n", "used since the sandbox was opened or reset\n");
        assertThat(failures.get("isInterrupted(Shell)")).contains("timed out after 2 seconds");
    }
}
