package org.junitsandbox.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An image registry on loopback: Debian's docker-registry as a child process. If the engine is in a network namespace
 * of its own, the registry runs there.
 */
public final class LocalRegistry implements AutoCloseable {

    public static final String PROGRAM = "docker-registry";

    static final String USER = "tester";

    static final String PASSWORD = "secret";

    /** USER and PASSWORD as htpasswd writes them. */
    private static final String PASSWORD_LINE = "tester:$2y$05$hxsItdr9j0mMWbnqmoyOm.uP67OzJcJzcIEhFSJvoZmUd1xGEI662\n";

    /** The instance of {@code engines.sh} that is the engine of the tests; null if another engine is. */
    private static final @Nullable String INSTANCE = System.getProperty("sandbox.test.instance");

    /** The port in an engine's own network; Podman's configuration must name it beforehand. */
    private static final int OWN_NETWORK_PORT = 5000;

    /** Another one, as test classes run at the same time. Podman's configuration does not name it. */
    private static final int OWN_NETWORK_OPEN_PORT = 5001;

    private static final long START_SECONDS = 20;

    private final String address;
    private final Process process;

    private LocalRegistry(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    public static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Starts one that requires a password. */
    public static LocalRegistry start(Path folder) throws IOException, InterruptedException {
        Path passwords = Files.writeString(folder.resolve("passwords"), PASSWORD_LINE);
        return start(
                folder,
                OWN_NETWORK_PORT,
                """
                auth:
                  htpasswd:
                    realm: test
                    path: %s
                """
                        .formatted(passwords));
    }

    /** Starts one that lets everybody in. Podman would not use it, as it has no certificate. */
    public static LocalRegistry startOpen(Path folder) throws IOException, InterruptedException {
        return start(folder, OWN_NETWORK_OPEN_PORT, "");
    }

    private static LocalRegistry start(Path folder, int ownNetworkPort, String authentication)
            throws IOException, InterruptedException {
        int port = INSTANCE == null ? freePort() : ownNetworkPort;
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                %s"""
                        .formatted(folder.resolve("data"), port, authentication));
        List<String> line = new ArrayList<>();
        if (INSTANCE != null) {
            line.addAll(List.of("src/test/engine/engines.sh", "run", INSTANCE));
        }
        line.addAll(List.of(PROGRAM, "serve", config.toString()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry("127.0.0.1:" + port, process);
        registry.awaitStart(folder.resolve("log"));
        return registry;
    }

    /** Returns an image's name in this registry. */
    public String name(String repositoryAndTag) {
        return address + "/" + repositoryAndTag;
    }

    public String address() {
        return address;
    }

    /** Returns what {@code docker login} writes to its configuration file. */
    public String dockerConfig() {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"" + address + "\":{\"auth\":\"" + login + "\"}}}";
    }

    /** Tags a local image with a name in this registry, pushes it and removes the tag. */
    public void push(DockerClient client, String image, String repository, String tag) throws InterruptedException {
        client.tagImageCmd(image, name(repository), tag).exec();
        client.pushImageCmd(name(repository))
                .withTag(tag)
                .withAuthConfig(new AuthConfig()
                        .withRegistryAddress(address)
                        .withUsername(USER)
                        .withPassword(PASSWORD))
                .start()
                .awaitCompletion();
        client.removeImageCmd(name(repository) + ":" + tag).exec();
    }

    /** Removes an image. Returns the engine's reason not to while its last container is still being removed. */
    public static String remove(DockerClient client, String image) {
        try {
            client.removeImageCmd(image).exec();
            return "";
        } catch (ConflictException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits for the registry's own message, as its port may be in a network that this process cannot reach. */
    private void awaitStart(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(log).contains("listening on")) {
            if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException(PROGRAM + " did not start: " + Files.readString(log));
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
