package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container's wait for somebody who attaches, run by shells of this machine: dash is {@code sh} on Debian. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AttachWaitTests {

    private static final Duration LONG = Duration.ofSeconds(50);

    private static Process start(String shell, Duration limit, String then) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", AttachWait.script(limit) + then);
        builder.environment().put("line", "of the environment");
        return builder.redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void takesOneByteAndNothingElse(String shell) throws IOException, InterruptedException {
        Process process = start(shell, LONG, "echo \"$line\"; cat; exec ps -o comm= --ppid $$");
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write("\nfirst\nsecond".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(output(process)).isEqualTo("of the environment\nfirst\nsecond");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void endsWhenNobodyAttachesInTime(String shell) throws IOException, InterruptedException {
        Process process = start(shell, Duration.ofSeconds(1), "echo goes on");

        assertThat(output(process)).isEqualTo("sandbox: nobody has attached within 1 s\n");
        assertThat(process.waitFor()).isEqualTo(70);
    }

    /** An image may lack the programs by which dash bounds its wait. */
    @Test
    void waitsWithoutABoundWhereNothingCanBoundIt(@TempDir Path empty) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", AttachWait.script(Duration.ofSeconds(1)) + "echo on");
        builder.environment().put("PATH", empty.toString());
        Process process = builder.redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write('\n');
        }

        assertThat(output(process)).isEqualTo("on\n");
        assertThat(process.waitFor()).isZero();
    }
}
