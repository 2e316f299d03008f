package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** Images that have directories of their own where a sandbox mounts memory. */
class OwnPlacesIT {

    @TempDir
    Path folder;

    private SandboxSpec image(String instructions) throws IOException {
        return SandboxSpec.ofDockerfile(
                Files.writeString(folder.resolve("Dockerfile"), "FROM busybox:latest\n" + instructions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/work", "/tmp"})
    void refusesADirectoryThatCommandsCannotWriteTo(String place) throws IOException {
        Cluster.assumeNotUsed("a pod's places in memory have nothing of the directories of its image");
        SandboxSpec spec = image("RUN mkdir -p " + place + " && chmod 755 " + place + "\nWORKDIR " + place + "\n");

        assertThatThrownBy(() -> Shell.open(spec))
                .isInstanceOf(LimitNotEnforcedException.class)
                .hasMessageContaining(
                        "\n  " + place + ": asked a directory that its user can write to, found one that it cannot\n")
                .hasMessageContaining("make it 1777, as every set-up does, even setup = \"true\".");
    }

    @Test
    void makesTheDirectoriesOfAnImageWritableBySetUp() throws IOException {
        assertThatCommandsCanWrite(narrow());
    }

    @Test
    void makesThemWritableForAnyUser() throws IOException {
        Cluster.assumeNotUsed("the limit of processes does not hold in a pod whose user is set");
        assertThatCommandsCanWrite(narrow().profile(Profile.UNTRUSTED.user("1000:1000")));
    }

    private SandboxSpec narrow() throws IOException {
        return image("WORKDIR /work\nRUN echo hidden >/work/file && chmod 755 /tmp\n").setup("true");
    }

    @Test
    void makesADirectoryOfASetUpWritable() {
        assertThatCommandsCanWrite(SandboxSpec.of("busybox").setup("mkdir -p /work/cache && chmod 700 /work"));
    }

    private static void assertThatCommandsCanWrite(SandboxSpec spec) {
        try (Shell shell = Shell.open(spec)) {
            shell.copyInText("a", "copied");
            shell.copyInText("b", "/tmp/copied");

            assertThat(shell.run("pwd; cat copied /tmp/copied; ls -A").stdout()).isEqualTo("/work\nabcopied\n");
        }
    }
}
