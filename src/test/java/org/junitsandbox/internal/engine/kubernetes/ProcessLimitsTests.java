package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;

/** What a pod's shell does before it becomes the supervisor. It is run by shells of this machine. */
@EnabledOnOs(OS.LINUX)
class ProcessLimitsTests {

    private static final Duration WAIT = Duration.ofSeconds(60);

    private static ContainerConfig.Builder config(String shell, String script) {
        return ContainerConfig.builder("image", List.of(shell, "-c", script, shell, "a  b"))
                .memoryMounts(List.of(new MemoryMount("/work", 4 << 20), new MemoryMount("/tmp", 1 << 20)))
                .limit(Limit.OPEN_FILES, 77)
                .limit(Limit.PROCESSES, 3000);
    }

    private static List<String> run(ContainerConfig config, boolean limitsProcesses)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ProcessLimits.commandLine(config, limitsProcesses, WAIT));
        builder.environment().put("KUBERNETES_PORT", "tcp://10.0.0.1:443");
        builder.environment().put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        Process process = builder.redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write('\n');
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return new ArrayList<>(output.lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void lowersTheLimitsOfTheCommandThatFollows(String shell) throws IOException, InterruptedException {
        List<String> limits = run(config(shell, "cat /proc/self/limits").build(), true);

        assertThat(limits)
                .anyMatch(line -> line.matches("Max open files +77 +77 .*"))
                .anyMatch(line -> line.matches("Max core file size +0 +0 .*"))
                .anyMatch(line -> line.matches("Max processes +3000 +3000 .*"))
                // bash counts in blocks of 1,024 bytes.
                .anyMatch(line -> line.matches("Max file size +(4194304 +4194304|8388608 +8388608) .*"));
    }

    @Test
    void leavesTheNumberOfProcessesAloneForAUserThatOthersAreToo() throws IOException, InterruptedException {
        List<String> limits = run(config("/bin/sh", "cat /proc/self/limits").build(), false);

        assertThat(limits).noneMatch(line -> line.matches("Max processes +3000 .*"));
    }

    @Test
    void leavesTheSizeOfFilesAloneWhereTheDiskMayBeWrittenTo() throws IOException, InterruptedException {
        ContainerConfig writable = config("/bin/sh", "ulimit -f")
                .restriction(Restriction.READ_ONLY_ROOT, false)
                .build();
        ContainerConfig unlimited = config("/bin/sh", "ulimit -f")
                .memoryMounts(List.of(new MemoryMount("/work", 0)))
                .build();

        assertThat(run(writable, true)).containsExactly("unlimited");
        assertThat(run(unlimited, true)).containsExactly("unlimited");
    }

    @Test
    void hidesTheClusterFromCommandsAndKeepsWhatTheUserSets() throws IOException, InterruptedException {
        ContainerConfig config = config("/bin/sh", "env | grep ^KUBERNETES_; echo \"$1\"")
                .environment(Map.of("KUBERNETES_PORT", "mine"))
                .build();

        assertThat(run(config, true)).containsExactly("KUBERNETES_PORT=tcp://10.0.0.1:443", "a  b");
    }
}
