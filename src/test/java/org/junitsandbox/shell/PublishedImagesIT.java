package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.LocalRegistry;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.internal.engine.BuildContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Images that one engine makes and pushes to a registry, for another one to pull. */
class PublishedImagesIT {

    private static final String BUSYBOX = "busybox:latest";

    private static final String REMEDY =
            "\nCheck the registry's name, that it can be reached, and its credentials (docker login).";

    private static DockerClient client;
    private static @Nullable LocalRegistry registry;

    @BeforeAll
    static void startRegistry(@TempDir Path folder) throws IOException, InterruptedException {
        Cluster.assumeNotUsed("one Docker engine makes the images here, and runs them");
        assumeTrue(LocalRegistry.isInstalled(), LocalRegistry.PROGRAM + " is not on the path");
        client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
        assumeFalse(SuiteTable.engine(client).startsWith("Podman"), "Podman cannot ask a registry without a pull");
        registry = LocalRegistry.startOpen(folder);
    }

    @AfterAll
    static void stopRegistry() throws IOException {
        if (registry != null) {
            registry.close();
        }
        if (client != null) {
            client.close();
        }
    }

    /** The repository of one test. */
    private final String repository = registry == null ? "" : registry.name("team/" + UUID.randomUUID());

    private final ImageStore store = Engines.shared().images().orElseThrow();

    /** Returns the image that another engine is to pull. */
    private String publish(SandboxSpec spec) throws EngineException {
        return new ImageMaker(Engines.shared(), store, new RemoteRepository(store, repository)).imageFor(spec);
    }

    /** Removes images from the engine, by their names with a tag where they have one. */
    private static void forget(String... images) {
        for (String image : images) {
            List<String> tags = client.inspectImageCmd(image).exec().getRepoTags();
            (tags.isEmpty() ? List.of(image) : tags)
                    .forEach(name -> client.removeImageCmd(name).exec());
        }
    }

    private static String read(String image, String file) {
        try (Shell shell = Shell.open(SandboxSpec.of(image))) {
            return new String(shell.copyOut(file), StandardCharsets.UTF_8);
        }
    }

    @Test
    void makesAnImageOnceAlthoughTheEngineForgetsIt() throws Exception {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setup("cat /proc/sys/kernel/random/uuid >/stamp");

        String image = publish(spec);
        String stamp = read(image, "/stamp");
        forget(image);

        assertThat(store.find(image)).isEmpty();
        assertThat(image).startsWith(repository + "@sha256:");
        assertThat(publish(spec)).isEqualTo(image);
        assertThat(store.find(image)).isEmpty();
        assertThat(read(image, "/stamp")).isEqualTo(stamp);
        forget(image);
    }

    @Test
    void addsASetupToAnImageThatOnlyTheRegistryHas(@TempDir Path folder) throws Exception {
        Path dockerfile = Files.writeString(
                folder.resolve("Dockerfile"),
                "FROM busybox:latest\nRUN cat /proc/sys/kernel/random/uuid >/built\n");
        SandboxSpec spec = SandboxSpec.ofDockerfile(dockerfile);
        String base = publish(spec);
        String built = read(base, "/built");
        forget(base);

        String image = publish(spec.setup("cp /built /copy"));

        assertThat(read(image, "/copy")).isEqualTo(built);
        forget(image, base);
    }

    @Test
    void makesAnImageAgainThatIsTooOld() throws Exception {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setup("cat /proc/sys/kernel/random/uuid >/stamp");
        String image = publish(spec);

        assertThat(publish(spec.setupMaxAge(Duration.ofDays(1)))).isEqualTo(image);
        String later = publish(spec.setupMaxAge(Duration.ofMillis(1)));

        assertThat(read(later, "/stamp")).isNotEqualTo(read(image, "/stamp"));
        forget(later, image);
    }

    /** Docker lists such an image without the registry's name. */
    @Test
    void keepsAnImageForDockersOwnRegistry(@TempDir Path folder) throws Exception {
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM busybox:latest\nRUN true\n");
        String name = "docker.io/team/" + UUID.randomUUID();
        ImageTag earlier = new ImageTag(name + ":dockerfile-1", "declaration of " + name);
        ImageTag tag = new ImageTag(name + ":dockerfile-2", earlier.declaration());
        store.build(new BuildContext(dockerfile), earlier, null, false);
        String id = store.build(new BuildContext(dockerfile), tag, null, true);

        store.removeReplaced(tag, id);

        assertThat(store.find(tag.name())).contains(id);
        assertThat(store.find(earlier.name())).isEmpty();
        forget(tag.name());
    }

    @Test
    void runsNoSetupForARegistryThatDoesNotAnswer() {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setup("exit 1");
        RemoteRepository nowhere = new RemoteRepository(store, "127.0.0.1:9/team/images");

        assertThatThrownBy(() -> new ImageMaker(Engines.shared(), store, nowhere).imageFor(spec))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("The engine could not ask for image 127.0.0.1:9/team/images:setup-")
                .hasMessageContaining("connection refused")
                .hasMessageEndingWith(REMEDY);
    }

    @Test
    void usesTheUsersCredentials(@TempDir Path folder) throws Exception {
        try (LocalRegistry closed = LocalRegistry.start(folder)) {
            String name = closed.name("team/images:1");

            assertThatThrownBy(() -> store.published(name))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("The engine could not ask for image " + name + ": ")
                    .hasMessageContaining("no basic auth credentials")
                    .hasMessageEndingWith(REMEDY);
            client.tagImageCmd(BUSYBOX, closed.name("team/images"), "1").exec();
            try {
                assertThatThrownBy(() -> store.publish(name))
                        .isInstanceOf(EngineException.class)
                        .hasMessageStartingWith("The engine could not push image " + name + ": ")
                        .hasMessageContaining("docker login");
                assertThat(published(closed, name))
                        .startsWith("Optional.empty\n" + closed.name("team/images@sha256:"))
                        .satisfies(lines -> assertThat(lines.lines().skip(1).distinct()).hasSize(1));
            } finally {
                client.removeImageCmd(name).exec();
            }
        }
    }

    /** Runs the probe as a user who has logged in. */
    private static String published(LocalRegistry registry, String name) throws IOException {
        ProcessBuilder probe = new ProcessBuilder(ChildJvm.commandLine(List.of(), PublishProbe.class, name))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        probe.environment().putAll(Map.of("DOCKER_AUTH_CONFIG", registry.dockerConfig()));
        return new String(probe.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A program for a child JVM: looks for an image in its registry, pushes it and looks again. */
    static final class PublishProbe {

        private PublishProbe() {}

        /**
         * Prints three answers.
         *
         * @param args the image's name
         */
        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws EngineException {
            ImageStore store = Engines.shared().images().orElseThrow();
            System.out.println(store.published(args[0]));
            System.out.println(store.publish(args[0]));
            System.out.println(store.published(args[0]).orElseThrow());
        }
    }
}
