package org.junitsandbox.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JUnit's console launcher in a JVM of its own, with all the reports that it can write. */
public final class LauncherRun {

    /** In the launcher's jar, which is for running only. */
    private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";

    private static final int TESTS_FAILED = 1;

    private LauncherRun() {}

    /**
     * Runs classes of tests of which at least one fails.
     *
     * @param reports the directory for the reports, which has the console's text as well
     * @return what the launcher printed
     */
    public static String withFailures(Path reports, Class<?>... types) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--reports-dir=" + reports,
                "--config=junit.platform.reporting.open.xml.enabled=true",
                "--config=junit.platform.reporting.output.dir=" + reports,
                "--config=junit.platform.output.capture.stdout=true"));
        for (Class<?> type : types) {
            arguments.add("--select-class=" + type.getName());
        }
        Path output = reports.resolve("console.txt");
        int code = new ProcessBuilder(ChildJvm.commandLine(
                        List.of("-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8"), LAUNCHER, arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String console = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(code).as(console).isEqualTo(TESTS_FAILED);
        return console;
    }
}
