package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.EngineSocket;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.LocalRegistry;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Progress as another JVM shows it, on a terminal that {@code script} of util-linux makes, and in a file. */
class ProgressIT {

    /** Longer than it takes until the line has counted a second. */
    private static final long PULL_DELAY_MILLIS = 2_000;

    /** Opens a sandbox whose set-up takes a few seconds, and is made afresh each time. */
    static final class SlowSetUp {
        public static void main(String[] args) {
            Shell.open(SandboxSpec.of("busybox:latest")
                            .setup("echo half way; sleep 3")
                            .setupMaxAge(Duration.ofMillis(1)))
                    .close();
        }
    }

    /** Opens a sandbox of an image that takes a few seconds to build, and was not built before. */
    static final class SlowBuild {
        public static void main(String[] folder) throws IOException {
            Path dockerfile = Path.of(folder[0], "Dockerfile");
            Files.writeString(
                    dockerfile, "FROM busybox:latest\nRUN echo half way; sleep 3; : " + UUID.randomUUID() + "\n");
            Shell.open(SandboxSpec.ofDockerfile(dockerfile)).close();
        }
    }

    /** Opens a sandbox of an image that has to be pulled. */
    static final class Pull {
        public static void main(String[] image) {
            Shell.open(SandboxSpec.of(image[0])).close();
        }
    }

    private static String shown(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("progress", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
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

    private static String shellLine(Class<?> program, String... arguments) {
        List<String> jvm = ChildJvm.commandLine(List.of(), program, arguments);
        return String.join(" ", jvm.stream().map(ShellWord::quote).toList());
    }

    /** Returns what a terminal receives. */
    private static String onATerminal(Map<String, String> environment, String shellLine)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no `script` of util-linux");
        return shown(environment, "/usr/bin/script", "-qec", shellLine, "/dev/null");
    }

    @Test
    void isOneLineOfAPullOnATerminal(@TempDir Path folder) throws Exception {
        assumeTrue(LocalRegistry.isInstalled(), LocalRegistry.PROGRAM + " is not on the path");
        try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(
                        DockerClientFactory.instance().getTransportConfig());
                LocalRegistry registry = LocalRegistry.start(folder);
                LoopbackProxy proxy = new LoopbackProxy(EngineSocket.path())) {
            registry.push(client, "busybox:latest", "progress", "1");
            String image = registry.name("progress:1");
            // A registry on the same machine has sent the image before there is anything to show.
            proxy.filterToEngine(
                    TrafficFilter.strikeBefore("/images/create", connection -> Thread.sleep(PULL_DELAY_MILLIS)));
            Map<String, String> environment = Map.of(
                    "DOCKER_HOST", proxy.dockerHost(), "DOCKER_AUTH_CONFIG", registry.dockerConfig());

            String terminal = onATerminal(environment, shellLine(Pull.class, image));

            assertThat(terminal).contains("\rPulling image " + image + " for 1 s").containsPattern("\r {40,79}\r");
            Eventually.await(
                    image + " is removed",
                    Duration.ofSeconds(10),
                    () -> LocalRegistry.remove(client, image),
                    ""::equals);
        }
    }

    @Test
    void isOneLineOfABuildOnATerminal(@TempDir Path folder) throws Exception {
        String terminal = onATerminal(Map.of(), shellLine(SlowBuild.class, folder.toString()));

        // The line is cut at the terminal's width, which a folder's name can take up.
        assertThat(terminal)
                .containsPattern("\rBuilding an image from [^\r\n]* for 1 s: [^\r\n]*")
                .containsPattern("\r {40,79}\r");
    }

    @Test
    void isOneLineOnATerminalAndNothingOfAShortTimeElsewhere() throws Exception {
        String line = shellLine(SlowSetUp.class);

        String terminal = onATerminal(Map.of(), line);

        assertThat(terminal)
                .containsPattern("\rRunning `echo half way; sleep 3`"
                        + " to set up image bus.{0,9}\\.\\.\\. for 1 s: half way")
                .containsPattern("\r {40,79}\r");
        assertThat(shown(Map.of(), "/bin/sh", "-c", line)).doesNotContain("\r");
    }
}
