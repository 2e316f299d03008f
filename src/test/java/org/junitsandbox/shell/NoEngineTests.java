package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;

/** A machine without an engine, seen from a JVM of its own: the engine is looked for once in each. */
class NoEngineTests {

    @Test
    void namesWhatWasTriedAndWhatToDo(@TempDir Path home) throws Exception {
        String nowhere = "unix://" + home.resolve("engine.sock");

        assertThat(printed(home, nowhere))
                .startsWith("EngineUnavailableException: No container engine answers. DOCKER_HOST is " + nowhere
                        + ". Tried:\n")
                .contains(nowhere + " does not answer")
                .endsWith("\nStart Docker or Podman, or point DOCKER_HOST at a running engine, for example"
                        + " DOCKER_HOST=unix:///run/user/1000/docker.sock. The engine is looked for once in a JVM.");
    }

    @Test
    void refusesAnEngineBehindSshRatherThanTakeAnother(@TempDir Path home) throws Exception {
        assertThat(printed(home, "ssh://me@far.example:2222/run/docker.sock"))
                .isEqualTo(
                        """
                        EngineUnavailableException: DOCKER_HOST is ssh://me@far.example:2222/run/docker.sock, and the library does \
                        not speak SSH. Forward the engine's socket with ssh, and point DOCKER_HOST at the forwarded one:
                          ssh -N -p 2222 -L /tmp/engine.sock:/var/run/docker.sock me@far.example
                          DOCKER_HOST=unix:///tmp/engine.sock""");
    }

    /** Returns what a JVM prints that opens a sandbox where DOCKER_HOST is {@code dockerHost}. */
    private static String printed(Path home, String dockerHost) throws Exception {
        // No name of an operating system, so that no socket of this machine is looked for.
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.commandLine(
                List.of("-Duser.home=" + home, "-Dos.name=none"),
                ImageProbe.class,
                "busybox:latest",
                "MISSING",
                "true"));
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DOCKER_") || name.startsWith("TESTCONTAINERS_"));
        builder.environment().putAll(Map.of("DOCKER_HOST", dockerHost, "HOME", home.toString()));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
