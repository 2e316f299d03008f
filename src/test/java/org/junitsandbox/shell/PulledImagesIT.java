package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.LocalRegistry;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.spec.SandboxSpec;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Images that come from a registry. */
class PulledImagesIT {

    private static final String BUSYBOX = "busybox:latest";

    private static DockerClient client;

    /** Null where its program is missing. */
    private static @Nullable LocalRegistry registry;

    private final List<String> imagesToRemove = new ArrayList<>();

    @BeforeAll
    static void startRegistry(@TempDir Path folder) throws IOException, InterruptedException {
        client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
        registry = LocalRegistry.isInstalled() ? LocalRegistry.start(folder) : null;
    }

    @AfterAll
    static void stopRegistry() throws IOException {
        if (registry != null) {
            registry.close();
        }
        client.close();
    }

    /** The registry; without one, the test that asks for it is skipped. */
    private static LocalRegistry registry() {
        LocalRegistry started = registry;
        if (started == null) {
            throw new TestAbortedException(LocalRegistry.PROGRAM + " is not on the path");
        }
        return started;
    }

    @AfterEach
    void removeImages() throws Exception {
        // Not by force: that would have Podman remove the image under its other names, too.
        for (String image : imagesToRemove) {
            Eventually.await(
                    image + " is removed",
                    Duration.ofSeconds(10),
                    () -> LocalRegistry.remove(client, image),
                    ""::equals);
        }
    }

    @Test
    void pullsAnImageWithTheUsersCredentials() throws Exception {
        registry().push(client, BUSYBOX, "private/tool", "1");

        assertThat(probe(Map.of("DOCKER_AUTH_CONFIG", registry().dockerConfig()), pulled("private/tool:1"), "MISSING"))
                .isEqualTo("hello\n");
    }

    @Test
    void explainsWhyAnImageCannotBePulled() throws Exception {
        registry().push(client, BUSYBOX, "private/secret", "1");

        assertThat(probe(Map.of("DOCKER_AUTH_CONFIG", "{}"), registry().name("private/secret:1"), "MISSING"))
                .startsWith("ImageException: No image for a sandbox from image " + registry().name("private/secret:1")
                        + ": The engine could not pull image " + registry().name("private/secret:1"))
                .containsPattern("no basic auth credentials|authentication required")
                .contains("Check the name, the network and the registry's credentials");
    }

    @Test
    void pullsAnImageByItsDigest() throws Exception {
        registry().push(client, BUSYBOX, "private/pinned", "1");
        Map<String, String> credentials = Map.of("DOCKER_AUTH_CONFIG", registry().dockerConfig());
        probe(credentials, pulled("private/pinned:1"), "MISSING");
        List<String> digests = client.inspectImageCmd(registry().name("private/pinned:1"))
                .exec()
                .getRepoDigests()
                .stream()
                .filter(digest -> digest.startsWith(registry().name("private/pinned@sha256:")))
                .toList();
        client.removeImageCmd(registry().name("private/pinned:1")).exec();
        imagesToRemove.remove(registry().name("private/pinned:1"));

        // Podman names the image's digest in another format, too, which the registry does not know.
        assertThat(digests)
                .anySatisfy(pinned -> assertThat(probe(credentials, pinned, "MISSING")).isEqualTo("hello\n"));
        // By its digest, Podman would remove the tests' own image, which has the same.
        if (!isPodman()) {
            imagesToRemove.addAll(digests);
        }
    }

    @Test
    void putsTheUsersPrefixBeforeImageNames() throws Exception {
        registry().push(client, BUSYBOX, "mirrored/only-here", "1");
        pulled("mirrored/only-here:1");

        Map<String, String> environment = Map.of(
                "DOCKER_AUTH_CONFIG", registry().dockerConfig(),
                "TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", registry().address() + "/");
        assertThat(probe(environment, "mirrored/only-here:1", "MISSING")).isEqualTo("hello\n");
    }

    @Test
    void pullsAnImageThatHasChangedByThePolicyAlways() throws Exception {
        Map<String, String> credentials = Map.of("DOCKER_AUTH_CONFIG", registry().dockerConfig());
        registry().push(client, BUSYBOX, "private/moving", "1");
        probe(credentials, pulled("private/moving:1"), "MISSING");
        registry().push(client, changedBusybox(), "private/moving", "1");
        client.tagImageCmd(BUSYBOX, registry().name("private/moving"), "1").exec();

        String command = "cat /changed || echo as before";
        assertThat(probe(credentials, registry().name("private/moving:1"), "MISSING", command))
                .isEqualTo("as before\n");
        assertThat(probe(credentials, registry().name("private/moving:1"), "ALWAYS", command))
                .isEqualTo("changed\n");
    }

    @Test
    void pullsNothingByThePolicyNever() throws Exception {
        registry().push(client, BUSYBOX, "private/tool", "2");

        assertThat(probe(
                        Map.of("DOCKER_AUTH_CONFIG", registry().dockerConfig()),
                        registry().name("private/tool:2"),
                        "NEVER"))
                .isEqualTo("ImageException: The engine does not have image "
                        + registry().name("private/tool:2")
                        + ", and the pull policy NEVER does not allow a pull. Pull the image by hand, or use the policy"
                        + " MISSING.");
    }

    @Test
    void refusesAnInvalidImageName() {
        assertThatThrownBy(() -> Shell.open(SandboxSpec.of("Not An Image")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("\"Not An Image\" is not a valid image name");
    }

    @Test
    void printsNothingButItsOwnWordsOnAMisspeltImage() throws Exception {
        String misspelt = registry().name("private/misspelt:1");
        Process process =
                probe(Map.of("DOCKER_AUTH_CONFIG", registry().dockerConfig()), true, misspelt, "MISSING", "true");
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(printed.lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains("org.junitsandbox").endsWith("Pulling image " + misspelt),
                        line -> assertThat(line)
                                .startsWith("ImageException: No image for a sandbox from image " + misspelt
                                        + ": The engine could not pull image " + misspelt + ": ")
                                .doesNotContain("{", "Status"),
                        line -> assertThat(line).startsWith("Check the name, the network and the registry's"));
    }

    private static boolean isPodman() {
        return SuiteTable.engine(client).startsWith("Podman");
    }

    private static String changedBusybox() {
        return SandboxImages.imageFor(Engines.shared(), SandboxSpec.of(BUSYBOX).setup("echo changed >/changed"));
    }

    /** The full name of an image in the registry, which is removed from the engine after the test. */
    private String pulled(String repositoryAndTag) {
        String name = registry().name(repositoryAndTag);
        imagesToRemove.add(name);
        return name;
    }

    private static String probe(Map<String, String> environment, String image, String pullPolicy) throws Exception {
        return probe(environment, image, pullPolicy, "echo hello");
    }

    private static String probe(Map<String, String> environment, String image, String pullPolicy, String command)
            throws Exception {
        Process process = probe(environment, false, image, pullPolicy, command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static Process probe(Map<String, String> environment, boolean withErrors, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.commandLine(List.of(), ImageProbe.class, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(withErrors);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
