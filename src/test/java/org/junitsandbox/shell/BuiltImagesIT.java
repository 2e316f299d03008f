package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Images that are built from a Dockerfile or made by set-up commands. */
class BuiltImagesIT {

    private static final String BUSYBOX = "busybox:latest";

    private static DockerClient client;

    @BeforeAll
    static void connect() {
        client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
    }

    @AfterAll
    static void disconnect() throws IOException {
        client.close();
    }

    @Test
    void buildsADockerfileOncePerContent(@TempDir Path folder) throws IOException {
        // Another build on this machine must not build it as well.
        String unique = "# " + UUID.randomUUID() + "\n";
        Path dockerfile = dockerfile(
                folder,
                unique + "FROM busybox:latest\nCOPY greeting /greeting\n"
                        + "RUN cat /proc/sys/kernel/random/uuid >/built\n");
        Files.writeString(folder.resolve("greeting"), "hello\n");

        String first = read(dockerfile, "/built");
        assertThat(read(dockerfile, "/built")).isEqualTo(first);
        assertThat(read(dockerfile, "/greeting")).isEqualTo("hello\n");
        Files.writeString(folder.resolve("greeting"), "goodbye\n");
        assertThat(read(dockerfile, "/greeting")).isEqualTo("goodbye\n");
    }

    @Test
    void copiesFilesWithTheirNamesModesAndLinks(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nCOPY . /all\n");
        String name = "\u00e4 b " + "x".repeat(120);
        Path nested = Files.createDirectories(folder.resolve("a/" + "y".repeat(120)));
        Files.writeString(nested.resolve(name), UUID.randomUUID().toString());
        Files.setPosixFilePermissions(nested.resolve(name), PosixFilePermissions.fromString("rwx--xr--"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("left-out"), "");
        Files.writeString(folder.resolve(".dockerignore"), "left-out\nDockerfile\n.dockerignore\n");

        try (Shell shell = Shell.open(SandboxSpec.ofDockerfile(dockerfile))) {
            assertThat(shell.run("cd /all && ls -A && readlink link && stat -c '%a %n' a/*/*").stdout())
                    .isEqualTo("a\nempty\nlink\na\n714 a/" + "y".repeat(120) + "/" + name + "\n");
        }
    }

    @Test
    void buildsWhatOnlyBuildKitBuilds(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(
                folder,
                "FROM busybox:latest\nRUN --mount=type=cache,target=/c echo " + UUID.randomUUID()
                        + " >/c/x && cp /c/x /x\nCOPY --chmod=0604 greeting /greeting\n");
        Files.writeString(folder.resolve("greeting"), "hello\n");

        try (Shell shell = Shell.open(SandboxSpec.ofDockerfile(dockerfile))) {
            assertThat(shell.run("stat -c %a /greeting; cat /greeting; wc -c </x; ls /c").stdout())
                    .isEqualTo("604\nhello\n37\n");
        }
    }

    @Test
    void showsTheEndOfAFailedBuildByBuildKit(@TempDir Path folder) throws IOException {
        String marker = UUID.randomUUID().toString();
        Path dockerfile = dockerfile(
                folder,
                "FROM busybox:latest\nRUN --mount=type=cache,target=/c echo about to fail " + marker + "; exit 7\n");

        assertThatThrownBy(() -> Shell.open(SandboxSpec.ofDockerfile(dockerfile)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("could not build an image from " + dockerfile)
                .hasMessageMatching("(?s).*(exit code: 7|exit status 7).*")
                .hasMessageContaining("  | about to fail " + marker);
    }

    @Test
    void quotesTheEngineOnADockerfileThatDoesNotParse(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nRUNN true\n");

        assertThatThrownBy(() -> Shell.open(SandboxSpec.ofDockerfile(dockerfile)))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("No image for a sandbox from Dockerfile " + dockerfile
                        + ": The engine could not build an image from " + dockerfile + ": ")
                .hasMessageMatching("(?i)(?s).*unknown instruction: \"?RUNN.*")
                .hasMessageNotContaining("ends with");
    }

    @Test
    void showsTheEndOfAFailedBuildAndLeavesNoContainer(@TempDir Path folder) throws IOException {
        String marker = UUID.randomUUID().toString();
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nRUN echo about to fail " + marker + "; exit 7\n");

        assertThatThrownBy(() -> Shell.open(SandboxSpec.ofDockerfile(dockerfile)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("could not build an image from " + dockerfile)
                .hasMessageMatching("(?s).*(returned a non-zero code: 7|exit status 7).*")
                .hasMessageContaining("about to fail");
        assertThat(commands()).noneMatch(command -> command.contains(marker));
    }

    @Test
    void endsABuildByAnInterruptAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        assumeThat(isPodman()).as("the engine is Podman, which does not list the containers of its builds").isFalse();
        String marker = UUID.randomUUID().toString();
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nRUN sleep 1000; echo " + marker + "\n");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread builder = new Thread(() ->
                end.complete(catchThrowable(() -> Shell.open(SandboxSpec.ofDockerfile(dockerfile)))));
        builder.start();
        Eventually.await("the build runs", Duration.ofSeconds(30), BuiltImagesIT::commands, contains(marker));

        builder.interrupt();

        assertThat(end).succeedsWithin(Duration.ofSeconds(10)).satisfies(thrown -> assertThat(thrown)
                .isInstanceOf(SandboxInterruptedException.class)
                .hasMessageContaining("Interrupted while waiting for the engine to build an image from " + dockerfile));
        Eventually.await(
                "the build has ended", Duration.ofSeconds(30), BuiltImagesIT::commands, contains(marker).negate());
    }

    /** Returns the commands of the engine's containers, running or not. */
    private static List<String> commands() {
        return client.listContainersCmd().withShowAll(true).exec().stream()
                .map(Container::getCommand)
                .toList();
    }

    /** Matches commands of which at least one contains {@code marker}. */
    private static Predicate<List<String>> contains(String marker) {
        return commands -> commands.stream().anyMatch(command -> command.contains(marker));
    }

    @Test
    void refusesADockerfileThatDoesNotExist(@TempDir Path folder) {
        assertThatThrownBy(() -> Shell.open(SandboxSpec.ofDockerfile(folder.resolve("Dockerfile"))))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith(": The Dockerfile does not exist: " + folder.resolve("Dockerfile"));
    }

    @Test
    void refusesAnImageWithoutAShell(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(folder, "FROM scratch\nCOPY Dockerfile /Dockerfile\n");

        assertThatThrownBy(() -> Shell.open(SandboxSpec.ofDockerfile(dockerfile)))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("No sandbox from Dockerfile " + dockerfile)
                .hasMessageContaining("The image has no /bin/sh, which a sandbox needs");
    }

    @Test
    void runsSetupOnceForAsLongAsItsImageExists() {
        String unique = "# " + UUID.randomUUID();
        SandboxSpec spec = SandboxSpec.of(BUSYBOX)
                .setup(
                        unique,
                        "cd /etc && name=stamp",
                        "cat /proc/sys/kernel/random/uuid >$name",
                        "id -u >/setup-user");

        String first = read(spec, "/etc/stamp");
        assertThat(read(spec, "/etc/stamp")).isEqualTo(first);
        assertThat(read(spec, "/setup-user")).isEqualTo("0\n");
        assertThat(read(spec.setup("echo one more"), "/etc/stamp")).isNotEqualTo(first);
    }

    @Test
    void labelsTheImagesItMakesAsBelongingToNoJvm(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nRUN : " + UUID.randomUUID() + "\n");

        assertLabelled(SandboxSpec.ofDockerfile(dockerfile));
        assertLabelled(SandboxSpec.of(BUSYBOX).setup(": " + UUID.randomUUID()));
    }

    private static void assertLabelled(SandboxSpec spec) {
        String image = SandboxImages.imageFor(Engines.shared(), spec);
        // Podman adds labels of its own.
        assertThat(client.inspectImageCmd(image).exec().getConfig().getLabels())
                .containsEntry("org.junit-sandbox", "true")
                .doesNotContainKeys(
                        "org.junit-sandbox.session", DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL);
    }

    @Test
    void addsSetupToADockerfile(@TempDir Path folder) throws IOException {
        Path dockerfile = dockerfile(folder, "FROM busybox:latest\nRUN echo from the Dockerfile >/base\n");

        assertThat(read(SandboxSpec.ofDockerfile(dockerfile).setup("tr a-z A-Z </base >/set-up"), "/set-up"))
                .isEqualTo("FROM THE DOCKERFILE\n");
    }

    @Test
    void showsAFailedSetupCommandWithItsExitCodeAndOutput() {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setup("true", "echo to stdout; echo 100% to stderr >&2; false");

        assertThatThrownBy(() -> Shell.open(spec))
                .isInstanceOf(ImageException.class)
                .hasMessage(
                        """
                        The setup command `echo to stdout; echo 100%% to stderr >&2; false` failed with exit code 1 on \
                        image busybox:latest with setup. Its network was %s.
                        Its stdout ends with:
                          | to stdout
                        Its stderr ends with:
                          | 100%% to stderr"""
                                .formatted(System.getProperty(SandboxSpec.SETUP_NETWORK_PROPERTY)));
    }

    @Test
    void showsWhatAnEarlierSetupCommandComplainedOf() {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setup("echo an index is missing >&2", "true", "false");

        assertThatThrownBy(() -> Shell.open(spec))
                .isInstanceOf(ImageException.class)
                .hasMessageEndingWith(
                        """

                        Its stdout ends with: (nothing)
                        Its stderr ends with: (nothing)
                        Before, the stderr of `echo an index is missing >&2` ended with:
                          | an index is missing""");
    }

    @Test
    void explainsASetupThatReachesNoHost() {
        SandboxSpec spec = SandboxSpec.of(BUSYBOX).setupNetwork("none").setup("wget http://no-host.invalid/");

        assertThatThrownBy(() -> Shell.open(spec))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("Its network was none.\nThat network leads nowhere, or to no name server. Where"
                        + " the host's own network works, set sandbox.setup.network=host.\n");
    }

    @Test
    void runsASetupOnceForTwoJvmsThatNeedItAtTheSameTime() throws IOException {
        String[] arguments = {
            BUSYBOX, ": " + UUID.randomUUID() + "; sleep 2; cat /proc/sys/kernel/random/uuid >/stamp", "cat /stamp"
        };
        Process first = new ProcessBuilder(ChildJvm.commandLine(List.of(), SetupProbe.class, arguments)).start();
        Process second = new ProcessBuilder(ChildJvm.commandLine(List.of(), SetupProbe.class, arguments)).start();

        String stamp = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(stamp).hasSize(37);
        assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(stamp);
    }

    /** A program for a child JVM: sets up an image and prints a command's stdout. */
    static final class SetupProbe {

        private SetupProbe() {}

        /**
         * Prints the command's stdout.
         *
         * @param args the image, the set-up command, the command
         */
        @SuppressWarnings("SystemOut")
        public static void main(String[] args) {
            try (Shell shell = Shell.open(SandboxSpec.of(args[0]).setup(args[1]))) {
                System.out.print(shell.run(args[2]).stdout());
            }
        }
    }

    private static Path dockerfile(Path folder, String content) throws IOException {
        return Files.writeString(folder.resolve("Dockerfile"), content);
    }

    private static String read(Path dockerfile, String file) {
        return read(SandboxSpec.ofDockerfile(dockerfile), file);
    }

    private static String read(SandboxSpec spec, String file) {
        try (Shell shell = Shell.open(spec)) {
            return new String(shell.copyOut(file), StandardCharsets.UTF_8);
        }
    }

    private static boolean isPodman() {
        return SuiteTable.engine(client).startsWith("Podman");
    }
}
