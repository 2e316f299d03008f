package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.spec.SandboxSpec;

/** Progress as another JVM shows it, on a terminal that {@code script} of util-linux makes, and in a file. */
class ProgressIT {

    /** Opens a sandbox whose set-up takes a few seconds, and is made afresh each time. */
    static final class SlowSetUp {
        public static void main(String[] args) {
            Shell.open(SandboxSpec.of("busybox:latest")
                            .setup("echo half way; sleep 3")
                            .setupMaxAge(Duration.ofMillis(1)))
                    .close();
        }
    }

    private static String shown(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("progress", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().put("TERM", "xterm");
            builder.environment().remove("CI");
            int code = builder.start().waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(code).as(text).isZero();
            return text;
        } finally {
            Files.delete(output);
        }
    }

    @Test
    void isOneLineOnATerminalAndNothingOfAShortTimeElsewhere() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no `script` of util-linux");
        List<String> jvm = ChildJvm.commandLine(List.of(), SlowSetUp.class);
        String line = String.join(" ", jvm.stream().map(ShellWord::quote).toList());

        String terminal = shown("/usr/bin/script", "-qec", line, "/dev/null");

        assertThat(terminal)
                .containsPattern("\rRunning `echo half way; sleep 3`"
                        + " to set up image bus.{0,9}\\.\\.\\. for 1 s: half way")
                .containsPattern("\r {40,79}\r");
        assertThat(shown("/bin/sh", "-c", line)).doesNotContain("\r");
    }
}
