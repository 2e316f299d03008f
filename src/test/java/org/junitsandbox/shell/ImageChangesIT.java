package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.docker.OtherEngine;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Images that are removed or replaced between two sandboxes of one JVM. */
class ImageChangesIT {

    private static final String BUSYBOX = "busybox:latest";

    private final String name = "junit-sandbox-test/" + UUID.randomUUID();

    private DockerClient client;

    @BeforeEach
    void connect() {
        client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    private static String imageOf(SandboxSpec spec) {
        return SandboxImages.imageFor(Engines.shared(), spec);
    }

    /** Removes an image as soon as no container of this JVM uses it. */
    private void remove(String image) throws Exception {
        Eventually.await(
                "no container is left",
                Duration.ofSeconds(20),
                () -> client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(OtherEngine.OF_THIS_JVM)
                        .withAncestorFilter(List.of(image))
                        .exec(),
                List<Container>::isEmpty);
        client.removeImageCmd(image).exec();
    }

    private static String stamp(Shell shell) {
        return shell.run("cat /stamp").stdout();
    }

    private static SandboxSpec stamped() {
        return SandboxSpec.of(BUSYBOX).setup(": " + UUID.randomUUID(), "cat /proc/sys/kernel/random/uuid >/stamp");
    }

    private static String stampOf(SandboxSpec spec) {
        try (Shell shell = Shell.open(spec)) {
            return stamp(shell);
        }
    }

    @Test
    void runsASetupAgainWhoseImageWasRemoved() throws Exception {
        SandboxSpec spec = stamped();
        String before = stampOf(spec);

        remove(imageOf(spec));

        assertThat(stampOf(spec)).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void resetsAShellWhoseImageWasRemoved() throws Exception {
        SandboxSpec spec = stamped().recycle(false);
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0));
                Shell shell = pool.open(spec)) {
            String before = stamp(shell);
            // No engine removes the image of a container that runs.
            client.killContainerCmd(EngineExec.containerOf(shell)).exec();
            remove(imageOf(spec));

            shell.reset();

            assertThat(stamp(shell)).isNotEmpty().isNotEqualTo(before);
        }
    }

    @Test
    void opensTheNextShellOfASeriesWhoseImageWasRemoved() throws Exception {
        SandboxSpec spec = stamped().recycle(false);
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0));
                ShellSeries shells = pool.series(spec)) {
            String before;
            try (Shell shell = shells.open(0)) {
                before = stamp(shell);
            }
            remove(imageOf(spec));

            try (Shell shell = shells.open(0)) {
                assertThat(stamp(shell)).isNotEmpty().isNotEqualTo(before);
            }
        }
    }

    @Test
    void buildsADockerfileAgainWhoseImageWasRemoved(@TempDir Path folder) throws Exception {
        Path dockerfile = Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM busybox:latest\nRUN : " + UUID.randomUUID() + "; cat /proc/sys/kernel/random/uuid >/stamp\n");
        SandboxSpec spec = SandboxSpec.ofDockerfile(dockerfile);
        String before = stampOf(spec);

        remove(imageOf(spec));

        assertThat(stampOf(spec)).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void startsFromTheImageThatANameStandsForNow() {
        SandboxSpec spec = SandboxSpec.of(name + ":1");
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT);
                ShellSeries shells = pool.series(named(spec, "one"))) {
            try (Shell shell = shells.open(1)) {
                assertThat(stamp(shell)).isEqualTo("one\n");
            }
            named(spec, "two");

            try (Shell shell = shells.open(0)) {
                assertThat(stamp(shell)).isEqualTo("two\n");
            }
        } finally {
            client.removeImageCmd(name + ":1").withForce(true).exec();
        }
    }

    @Test
    void setsUpWhatANameStandsForNow() {
        SandboxSpec spec = SandboxSpec.of(name + ":1").setup("cp /stamp /copy");
        try {
            named(spec, "one");
            assertThat(read(spec)).isEqualTo("one\n");
            named(spec, "two");
            assertThat(read(spec)).isEqualTo("two\n");
        } finally {
            client.removeImageCmd(name + ":1").withForce(true).exec();
        }
    }

    @Test
    void makesWhatIsTooOldOnceMore(@TempDir Path folder) throws Exception {
        Path dockerfile = Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM busybox:latest\nRUN : " + UUID.randomUUID() + "; cat /proc/sys/kernel/random/uuid >/stamp\n");

        for (SandboxSpec spec : List.of(stamped(), SandboxSpec.ofDockerfile(dockerfile))) {
            String first = stampOf(spec);
            assertThat(stampOf(spec.setupMaxAge(Duration.ofHours(1)))).isEqualTo(first);

            String second = stampOf(spec.setupMaxAge(Duration.ofMillis(1)));

            assertThat(second).isNotEmpty().isNotEqualTo(first);
            assertThat(stampOf(spec)).isEqualTo(second);
        }
    }

    @Test
    void keepsOneImageOfADockerfile(@TempDir Path folder) throws Exception {
        Path dockerfile = folder.resolve("Dockerfile");
        SandboxSpec spec = SandboxSpec.ofDockerfile(dockerfile);
        List<String> images = new ArrayList<>();
        for (String content : List.of("one", "two")) {
            Files.writeString(
                    dockerfile,
                    "FROM busybox:latest\nRUN : " + UUID.randomUUID() + "; echo " + content + " >/stamp\n");
            images.add(imageOf(spec));
        }

        assertThat(exists(images.get(0))).isFalse();
        assertThat(stampOf(spec)).isEqualTo("two\n");
    }

    @Test
    void keepsOneImageOfASetupWhoseBaseChanges() {
        SandboxSpec spec = SandboxSpec.of(name + ":1").setup("cp /stamp /copy; : " + name);
        try {
            String before = imageOf(named(spec, "one"));
            String after = imageOf(named(spec, "two"));

            assertThat(exists(before)).isFalse();
            assertThat(exists(after)).isTrue();
        } finally {
            client.removeImageCmd(name + ":1").withForce(true).exec();
        }
    }

    private boolean exists(String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static String read(SandboxSpec spec) {
        try (Shell shell = Shell.open(spec)) {
            return shell.run("cat /copy").stdout();
        }
    }

    /** Gives the name to an image with that stamp. */
    private SandboxSpec named(SandboxSpec spec, String stamp) {
        String image = imageOf(SandboxSpec.of(BUSYBOX).setup("echo " + stamp + " >/stamp"));
        client.tagImageCmd(image, name, "1").exec();
        return spec;
    }
}
