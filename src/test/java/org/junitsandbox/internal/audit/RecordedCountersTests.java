package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The supervisor's own reading of files that other kernels wrote, in the shell of this machine. */
class RecordedCountersTests {

    private static final String SUPERVISOR = "/org/junitsandbox/internal/protocol/supervisor.sh";

    private static String readCounters() throws IOException {
        try (InputStream source = RecordedCountersTests.class.getResourceAsStream(SUPERVISOR)) {
            String script = new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
            int start = script.indexOf("\nread_counters() {\n");
            return script.substring(start, script.indexOf("\n}\n", start) + 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "linux-4.15.2", "linux-5.6", "linux-6.7-rc1", "linux-6.8-cpu-after", "linux-6.8-memory-at-limit",
        "linux-7.0-processes", "long-lived", "without-process-limits"
    })
    void areReadWholeAsFarAsThereAreFiles(String folder) throws IOException, InterruptedException {
        String script = "newline='\n'; counters='" + String.join(" ", RecordedCounters.COUNTED) + "'\n"
                + readCounters() + "read_counters; printf %s \"$text\"";

        Process shell = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(RecordedCounters.folder(folder).toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(text).isZero();
        // A blank follows a number that stands alone.
        assertThat(text.replaceAll("(?m) $", "")).isEqualTo(RecordedCounters.report(folder));
    }
}
