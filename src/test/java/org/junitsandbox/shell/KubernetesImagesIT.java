package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.spec.SandboxSpec;

/** Images that a Docker engine makes for a cluster. */
class KubernetesImagesIT {

    private static final String SETUP = "cat /proc/sys/kernel/random/uuid >/stamp";

    @BeforeAll
    static void requireCluster() {
        Cluster.assumeUsed();
    }

    @Test
    void makesAnImageOnceForAllJvms() throws IOException {
        // Earlier runs must not have made it.
        String unique = ": " + UUID.randomUUID();
        SandboxSpec spec = SandboxSpec.of("busybox:latest").setup(unique, SETUP);
        String stamp;
        try (Shell shell = Shell.open(spec)) {
            stamp = shell.run("cat /stamp").stdout();
        }

        assertThat(stamp).hasSize(37);
        assertThat(probe(List.of(), Map.of(), unique, SETUP)).isEqualTo(stamp);
    }

    @Test
    void namesWhatItNeedsWithoutADockerEngine() throws IOException {
        Map<String, String> environment = Map.of("DOCKER_HOST", "tcp://127.0.0.1:9");

        assertThat(probe(List.of(), environment, SETUP))
                .startsWith("ImageException: No image for a sandbox from image busybox:latest with setup: A Docker"
                        + " engine has to make it, and to push it to " + System.getProperty("sandbox.registry")
                        + " (sandbox.registry). No container engine answers. ")
                .contains("127.0.0.1:9");
    }

    @Test
    void namesARegistryThatDoesNotAnswer() throws IOException {
        assertThat(probe(List.of("-Dsandbox.registry=127.0.0.1:9/images"), Map.of(), "exit 1"))
                .startsWith("ImageException: No image for a sandbox from image busybox:latest with setup: The engine"
                        + " could not ask for image 127.0.0.1:9/images:setup-")
                .contains("connection refused");
    }

    /** Returns what a child JVM prints that reads the stamp, or the error. Its later options count. */
    private static String probe(List<String> options, Map<String, String> environment, String... setup)
            throws IOException {
        String[] arguments = new String[3 + setup.length];
        arguments[0] = "busybox:latest";
        arguments[1] = "MISSING";
        arguments[2] = "cat /stamp";
        System.arraycopy(setup, 0, arguments, 3, setup.length);
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.commandLine(options, ImageProbe.class, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
