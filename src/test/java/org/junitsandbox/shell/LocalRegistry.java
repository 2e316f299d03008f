package org.junitsandbox.shell;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A registry on loopback that asks for a password: Debian's docker-registry, in a process of its own. */
final class LocalRegistry implements AutoCloseable {

    static final String PROGRAM = "docker-registry";

    static final String USER = "tester";

    static final String PASSWORD = "secret";

    /** USER and PASSWORD as htpasswd writes them. */
    private static final String PASSWORD_LINE = "tester:$2y$05$hxsItdr9j0mMWbnqmoyOm.uP67OzJcJzcIEhFSJvoZmUd1xGEI662\n";

    private static final long START_SECONDS = 20;

    private final String address;
    private final Process process;

    private LocalRegistry(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    static LocalRegistry start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        Path passwords = Files.writeString(folder.resolve("passwords"), PASSWORD_LINE);
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                auth:
                  htpasswd:
                    realm: test
                    path: %s
                """
                        .formatted(folder.resolve("data"), port, passwords));
        Process process = new ProcessBuilder(PROGRAM, "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry("127.0.0.1:" + port, process);
        registry.awaitStart(port, folder.resolve("log"));
        return registry;
    }

    /** An image's name in this registry. */
    String name(String repositoryAndTag) {
        return address + "/" + repositoryAndTag;
    }

    String address() {
        return address;
    }

    /** What {@code docker login} writes to its configuration file. */
    String dockerConfig() {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"" + address + "\":{\"auth\":\"" + login + "\"}}}";
    }

    /** Gives a local image a name in this registry, puts it there and forgets the name again. */
    void push(DockerClient client, String image, String repository, String tag) throws InterruptedException {
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart(int port, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException(PROGRAM + " did not start: " + Files.readString(log), e);
                }
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
