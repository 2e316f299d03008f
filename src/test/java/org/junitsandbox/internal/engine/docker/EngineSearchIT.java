package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.EngineSocket;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** Whoever names an engine gets that one or none, while the engine of this machine listens in a usual place. */
class EngineSearchIT {

    private static final String ONLY_THAT_ONE = "\nNo other engine takes the place of one that is named. ";

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path home;

    /** An address at which nothing listens, and one at which the engine of this machine does. */
    private String dead;

    private String alive;

    @BeforeEach
    void findTheEngineOfThisMachine() {
        dead = "unix://" + home.resolve("dead.sock");
        alive = "unix://" + EngineSocket.path();
    }

    private String engine() throws UnreachableException {
        return EngineSearch.engine(new EngineSettings(environment, home), System.getProperty("os.name"))
                .description();
    }

    private UnreachableException refusal() {
        return catchThrowableOfType(UnreachableException.class, this::engine);
    }

    private void properties(String content) throws IOException {
        Files.writeString(home.resolve(".testcontainers.properties"), content);
    }

    private Path context(String name, String meta) throws Exception {
        Path contexts = home.resolve(".docker/contexts");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        Path folder = Files.createDirectories(contexts.resolve("meta").resolve(hash));
        Files.writeString(folder.resolve("meta.json"), meta);
        return contexts.resolve("tls").resolve(hash).resolve("docker");
    }

    private void useContext(String name) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"auths\": {\"currentContext\": {}}, \"currentContext\": \"" + name
                        + "\", \"x\": [1.5e3, null, true]}");
    }

    private static String metaOf(String address) {
        return "{\"Name\":\"mine\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + address
                + "\",\"SkipTLSVerify\":false}}}";
    }

    @Test
    void findsTheEngineThatNobodyNames() throws UnreachableException {
        assertThat(engine()).contains(" at unix:///");
    }

    @Nested
    class DockerHost {

        @ParameterizedTest
        @CsvSource({
            "unix:///nowhere/engine.sock, there is no such file, Start the engine.",
            "tcp://127.0.0.1:1, nothing listens there (Connection refused), Start the engine.",
            "tcp://no-such-host.invalid:2375, there is no host of that name, Check the name.",
            "localhost:2375, that is not an engine's address, An address reads like",
            "/var/run/docker.sock, that is not an engine's address, An address reads like",
            "unix://run/docker.sock, that is not an engine's address, An address reads like",
            "tcp://, that is not an engine's address, An address reads like",
            "tcp:///var/run/docker.sock, that is not an engine's address, An address reads like",
            "not an address, that is not an engine's address, An address reads like",
            "fd://, that is not an engine's address, An address reads like",
            "ssh://me@far.example, the library does not speak SSH, Forward the engine's socket with ssh",
        })
        void isUsedOrNone(String address, String finding, String remedy) {
            environment.put("DOCKER_HOST", address);

            UnreachableException refusal = refusal();

            assertThat(refusal).hasMessage("DOCKER_HOST is " + address + ": " + finding);
            assertThat(refusal.remedy())
                    .startsWith(remedy)
                    .endsWith(ONLY_THAT_ONE + "To use another one, correct or remove DOCKER_HOST.");
        }

        @Test
        void goesBeforeEveryOtherName() throws Exception {
            environment.put("DOCKER_HOST", " " + alive + "\n");
            environment.put("DOCKER_CONTEXT", "missing");
            environment.put("TESTCONTAINERS_DOCKER_CLIENT_STRATEGY", "org.example.Missing");
            properties("docker.host=" + dead);
            useContext("missing");

            assertThat(engine()).contains(" at " + alive);
        }

        @Test
        void namesNoneIfItIsEmpty() throws UnreachableException {
            environment.put("DOCKER_HOST", "");

            assertThat(engine()).contains(" at unix:///");
        }

        @Test
        void findsTheSocketOfAStoppedEngine() throws IOException {
            Path socket = home.resolve("dead.sock");
            environment.put("DOCKER_HOST", "unix://" + Files.createFile(socket));

            assertThat(refusal())
                    .hasMessage("DOCKER_HOST is unix://" + socket
                            + ": nothing listens there (Connection refused)");
        }

        @Test
        void findsAServerThatIsNoEngine() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Thread hangingUp = new Thread(() -> {
                    try {
                        while (true) {
                            server.accept().close();
                        }
                    } catch (IOException e) {
                        // The test is over.
                    }
                });
                hangingUp.setDaemon(true);
                hangingUp.start();
                environment.put("DOCKER_HOST", "tcp://127.0.0.1:" + server.getLocalPort());

                assertThat(refusal()).hasMessageEndingWith(": what listens there is no engine; it answers nothing");
            }
        }
    }

    /** Engines as no engine of this machine is. */
    @Nested
    class OddEngines {

        @Test
        @Timeout(90)
        void areRefusedIfTheyNeverAnswer() throws Exception {
            Path socket = home.resolve("silent.sock");
            try (ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                // The kernel accepts connections in its name.
                unix.bind(UnixDomainSocketAddress.of(socket));
                for (String address : List.of("tcp://127.0.0.1:" + tcp.getLocalPort(), "unix://" + socket)) {
                    environment.put("DOCKER_HOST", address);

                    UnreachableException refusal = refusal();

                    assertThat(refusal)
                            .hasMessage("DOCKER_HOST is " + address
                                    + ": it accepts connections, but gives no answer within 20 s");
                    assertThat(refusal.remedy()).startsWith("Restart the engine.");
                }
            }
        }

        @Test
        void areRefusedIfTheirContainersAreThoseOfWindows() throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                byte[] answer = (path.endsWith("/_ping")
                                ? "OK"
                                : "{\"OSType\": \"windows\", \"ServerVersion\": \"28.3.2\", \"NCPU\": 4,"
                                        + " \"SystemTime\": \"2026-11-27T01:02:03.5Z\"}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Api-Version", "1.51");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            try {
                String address = "tcp://127.0.0.1:" + server.getAddress().getPort();
                environment.put("DOCKER_HOST", address);

                UnreachableException refusal = refusal();

                assertThat(refusal)
                        .hasMessage("DOCKER_HOST is " + address + ": its containers are those of Windows");
                assertThat(refusal.remedy()).startsWith("Switch the engine to Linux containers: a sandbox is one.");
            } finally {
                server.stop(0);
            }
        }
    }

    @Nested
    class Properties {

        @ParameterizedTest
        @ValueSource(strings = {"docker.host", "tc.host"})
        void areUsedOrNone(String key) throws IOException {
            properties(key + "=" + dead);

            UnreachableException refusal = refusal();

            assertThat(refusal)
                    .hasMessage(key + " in " + home.resolve(".testcontainers.properties") + " is " + dead
                            + ": there is no such file");
            assertThat(refusal.remedy())
                    .endsWith(ONLY_THAT_ONE + "To use another one, correct or remove that line, or set DOCKER_HOST.");
        }

        @Test
        void goBeforeAContext() throws Exception {
            properties("docker.host=" + alive);
            useContext("missing");

            assertThat(engine()).contains(" at " + alive);
        }

        @Test
        void areRefusedIfTheyCannotBeRead() throws IOException {
            Files.createDirectory(home.resolve(".testcontainers.properties"));

            assertThat(refusal())
                    .hasMessageContaining(".testcontainers.properties may name an engine, and it cannot be");
        }
    }

    @Nested
    class Context {

        @Test
        void isFollowed() throws Exception {
            context("mine", metaOf(alive));
            useContext("mine");

            assertThat(engine()).contains(" at " + alive);
        }

        @Test
        void isUsedOrNone() throws Exception {
            context("mine", metaOf(dead));
            useContext("mine");

            UnreachableException refusal = refusal();

            assertThat(refusal)
                    .hasMessage("The docker context \"mine\" (set by " + home.resolve(".docker/config.json") + ") is "
                            + dead + ": there is no such file");
            assertThat(refusal.remedy()).contains(ONLY_THAT_ONE).contains("`docker context use` chooses");
        }

        @Test
        void isChosenByAVariableFirst() throws Exception {
            context("mine", metaOf(alive));
            useContext("missing");
            properties("docker.host=" + dead);
            environment.put("DOCKER_CONTEXT", "mine");

            assertThat(engine()).contains(" at " + alive);
        }

        @Test
        void namesNoneIfItIsTheDefault() throws Exception {
            useContext("default");

            assertThat(engine()).contains(" at unix:///");
        }

        @Test
        void isRefusedIfItDoesNotExist() throws IOException {
            useContext("gone");

            assertThat(refusal()).hasMessageContaining("The docker context \"gone\" (set by ")
                    .hasMessageContaining("does not exist: there is no " + home.resolve(".docker/contexts/meta"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"Endpoints\": {}}", "[]", "{\"Endpoints\": {\"docker\": {\"Host\": \"\"}}}"})
        void isRefusedWithoutAnAddress(String meta) throws Exception {
            context("mine", meta);
            useContext("mine");

            assertThat(refusal()).hasMessageContaining(") has no engine's address in ");
        }

        @Test
        void isRefusedIfItCannotBeRead() throws Exception {
            context("mine", "{\"Endpoints\": {");
            useContext("mine");

            assertThat(refusal()).hasMessageContaining("meta.json may name an engine, and it cannot be read: ");
        }

        @Test
        void isLookedForWhereTheDockerProgramHasItsSettings(@TempDir Path other) throws Exception {
            useContext("missing");
            environment.put("DOCKER_CONFIG", other.toString());

            assertThat(engine()).contains(" at unix:///");
        }

        @Test
        void needsTheCertificatesThatItHas() throws Exception {
            Path certificates = context("mine", metaOf("tcp://127.0.0.1:1"));
            Files.createDirectories(certificates);
            useContext("mine");

            assertThat(refusal())
                    .hasMessageEndingWith("it is to be used with TLS, and there is no readable "
                            + certificates.resolve("ca.pem"));
        }
    }

    /** A user's own way to the engine: its address is that of a system property. */
    public static final class OwnStrategy extends DockerClientProviderStrategy {

        static String address = "";

        @Override
        public String getDescription() {
            return "own";
        }

        @Override
        public TransportConfig getTransportConfig() {
            return TransportConfig.builder().dockerHost(URI.create(address)).build();
        }
    }

    @Nested
    class Strategy {

        @Test
        void isUsedOrNoneIfAVariableNamesIt() {
            OwnStrategy.address = dead;
            environment.put("TESTCONTAINERS_DOCKER_CLIENT_STRATEGY", OwnStrategy.class.getName());

            assertThat(refusal())
                    .hasMessage("The strategy " + OwnStrategy.class.getName()
                            + " (named by TESTCONTAINERS_DOCKER_CLIENT_STRATEGY): there is no such file");
        }

        @Test
        void isUsedOrNoneIfAPropertyNamesIt() throws Exception {
            properties("docker.client.strategy=" + OwnStrategy.class.getName());
            OwnStrategy.address = alive;
            assertThat(engine()).contains(" at " + alive);
            OwnStrategy.address = dead;
            assertThat(refusal()).hasMessageEndingWith(": there is no such file");
        }

        @Test
        void isUsedOrNoneIfItIsOnTheClassPath(@TempDir Path folder) throws Exception {
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Files.writeString(
                    services.resolve(DockerClientProviderStrategy.class.getName()), OwnStrategy.class.getName());
            OwnStrategy.address = dead;
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
                Thread.currentThread().setContextClassLoader(loader);

                assertThat(refusal()).hasMessageEndingWith(
                        "(named by META-INF/services on the class path): there is no such file");
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }

        @Test
        void isRefusedIfItDoesNotExist() throws IOException {
            properties("docker.client.strategy=org.example.Missing");

            assertThat(refusal())
                    .hasMessageEndingWith("it found none: java.lang.ClassNotFoundException: org.example.Missing");
        }

        @Test
        void namesNoneIfTestcontainersHasNotedIt() throws Exception {
            properties("docker.client.strategy=org.testcontainers.dockerclient.RootlessDockerClientProviderStrategy");

            assertThat(engine()).contains(" at unix:///");
        }
    }

    @Test
    void takesNoOtherEngineThanTheOneOfTheDefaultContext() throws Exception {
        environment.put("DOCKER_CONTEXT", "default");
        properties("docker.host=" + dead);

        assertThat(engine()).contains(" at unix:///");
    }
}
