package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever names an engine gets that one or none, while the engine of this machine listens in a usual place. */
class EngineSearchIT extends EngineSearchFixture {

    private static final String ONLY_THAT_ONE = "\nNo other engine takes the place of one that is named. ";

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

    @Test
    void takesNoOtherEngineThanTheOneOfTheDefaultContext() throws Exception {
        environment.put("DOCKER_CONTEXT", "default");
        properties("docker.host=" + dead);

        assertThat(engine()).contains(" at unix:///");
    }
}
