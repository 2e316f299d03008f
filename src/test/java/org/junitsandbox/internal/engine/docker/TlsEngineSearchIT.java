package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.EngineSocket;

/** An engine that speaks TLS only, and asks for a client's certificate. */
class TlsEngineSearchIT extends EngineSearchFixture {

    private static final String SCRIPT = "src/test/engine/engines.sh";

    private static final String INSTANCE = "docker-tls-search";

    /** The environment of the engine's clients. */
    private static final Map<String, String> OF_CLIENTS = new HashMap<>();

    @BeforeAll
    static void startEngine() throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name")).as("the user, who starts an engine").isEqualTo("root");
        run("down", INSTANCE);
        Files.readAllLines(run("up", "docker-tls", INSTANCE)).stream()
                .map(line -> line.split("=", 2))
                .forEach(setting -> OF_CLIENTS.put(setting[0], setting[1]));
    }

    @AfterAll
    static void stopEngine() throws IOException, InterruptedException {
        run("down", INSTANCE);
    }

    @BeforeEach
    void nameTheEngine() {
        environment.putAll(OF_CLIENTS);
    }

    /** Returns a file with what the script prints. */
    private static Path run(String... arguments) throws IOException, InterruptedException {
        // A file, not a pipe: the processes that the script leaves running would keep a pipe open.
        Path output = Files.createTempFile("engines", ".out");
        output.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(SCRIPT);
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectOutput(output.toFile()).redirectErrorStream(false).start();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private Path certificates() {
        return Path.of(OF_CLIENTS.get("DOCKER_CERT_PATH"));
    }

    private Path copyOfCertificates() throws IOException {
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.copy(certificates().resolve(file), home.resolve(file));
        }
        environment.put("DOCKER_CERT_PATH", home.toString());
        return home;
    }

    @Test
    void isFoundWithItsCertificates() throws UnreachableException {
        assertThat(engine()).endsWith(" at " + OF_CLIENTS.get("DOCKER_HOST") + " (default runtime runc)");
    }

    @Test
    void isFoundByTheSettingsOfTestcontainers() throws Exception {
        properties("docker.host=" + OF_CLIENTS.get("DOCKER_HOST") + "\ndocker.tls.verify=1\ndocker.cert.path="
                + certificates());
        environment.clear();

        assertThat(engine()).contains(" at " + OF_CLIENTS.get("DOCKER_HOST"));
    }

    @Test
    void acceptsAKeyInTheOlderFormat() throws Exception {
        Path key = copyOfCertificates().resolve("key.pem");
        Process openssl = new ProcessBuilder(
                        "openssl", "rsa", "-traditional", "-in", key.toString(), "-out", key.toString())
                .inheritIO()
                .start();
        assertThat(openssl.waitFor()).isZero();
        assertThat(Files.readString(key)).startsWith("-----BEGIN RSA PRIVATE KEY-----");

        assertThat(engine()).contains(" at " + OF_CLIENTS.get("DOCKER_HOST"));
    }

    @Test
    void isNamedAsOneThatSpeaksTlsOnly() {
        environment.keySet().retainAll(List.of("DOCKER_HOST"));

        assertThat(refusal()).hasMessage("DOCKER_HOST is " + OF_CLIENTS.get("DOCKER_HOST") + ": it speaks TLS only");
        assertThat(refusal().remedy()).startsWith("Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.");
    }

    @Test
    void namesTheFileThatIsMissing() {
        environment.put("DOCKER_CERT_PATH", home.toString());

        assertThat(refusal())
                .hasMessageEndingWith(": it is to be used with TLS, and there is no readable "
                        + home.resolve("ca.pem"));
    }

    @Test
    void looksWhereDockerKeepsItsSettingsIfNoFolderIsNamed() {
        environment.remove("DOCKER_CERT_PATH");

        assertThat(refusal()).hasMessageEndingWith("there is no readable " + home.resolve(".docker/ca.pem"));
    }

    @Test
    void refusesAFileThatIsNoCertificate() throws IOException {
        Files.writeString(copyOfCertificates().resolve("cert.pem"), "nothing", StandardCharsets.UTF_8);

        assertThat(refusal()).hasMessageContaining("the certificates in " + home + " cannot be read: ");
    }

    @Test
    void refusesTheCertificatesOfAnotherEngine() throws Exception {
        Path authority = copyOfCertificates().resolve("ca.pem");
        Process openssl = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
                        "/CN=another", "-keyout", home.resolve("other-key.pem").toString(), "-out",
                        authority.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(openssl.waitFor()).isZero();

        assertThat(refusal()).hasMessageContaining(": TLS fails: ");
        assertThat(refusal().remedy()).startsWith("DOCKER_CERT_PATH is to be the folder of the ca.pem");
    }

    @Test
    void namesAnEngineThatDoesNotSpeakTls() throws Exception {
        try (EngineProxy plain = new EngineProxy(javax.net.ServerSocketFactory.getDefault())) {
            environment.put("DOCKER_HOST", plain.address().toString());

            assertThat(refusal()).hasMessageEndingWith(": it does not speak TLS");
            assertThat(refusal().remedy()).startsWith("Remove DOCKER_TLS_VERIFY, or name the engine's port for TLS.");
        }
    }

    @Test
    void doesNotSpeakTlsOverALocalSocket() throws UnreachableException {
        environment.put("DOCKER_HOST", "unix://" + EngineSocket.path());

        assertThat(engine()).contains(" at unix://");
    }
}
