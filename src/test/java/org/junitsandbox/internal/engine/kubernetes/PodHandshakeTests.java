package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.kubernetes.ScriptedApiServer.Script;

/**
 * How the streams of a pod begin, over the loopback interface: proxies, TLS, credentials, and the answers of a server
 * that is written by hand.
 */
@Timeout(60)
class PodHandshakeTests {

    @TempDir
    private static Path folder;

    private void assertRefused(String reply, String message) throws Exception {
        Script script = (request, socket) -> {
            ScriptedApiServer.write(socket, reply.replace("AGREED", ScriptedApiServer.agreement(request)));
            socket.shutdownOutput();
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(script));
                ClusterAccess access = server.access()) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ScriptedApiServer.attach(access))
                    .withMessageContaining(message);
        }
    }

    @Test
    void areCheckedForTheirKey() throws Exception {
        assertRefused(
                String.join(
                        "\r\n",
                        "HTTP/1.1 101 Switching",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        "",
                        ""),
                "belongs to another request: its Sec-WebSocket-Accept is [s3pPLMBiTxaQ9kYGzzhZRbK+xOo=]");
    }

    @Test
    void mustBeAboutWebSockets() throws Exception {
        assertRefused("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", "[h2c]");
    }

    @Test
    void mustBeHttp() throws Exception {
        assertRefused("SSH-2.0-OpenSSH\r\n\r\n", "the server's answer is not HTTP: SSH-2.0-OpenSSH");
    }

    @Test
    void mustEnd() throws Exception {
        assertRefused("HTTP/1.1 101 Switching\r\nUpgrade", "the server ended the connection after: HTTP/1.1 101");
    }

    @Test
    void mustNotBeEndless() throws Exception {
        assertRefused("HTTP/1.1 101 Switching\r\nX: " + "x".repeat(70_000), "more than 65536 bytes");
    }

    @Test
    void quoteTheClustersReason() throws Exception {
        String status = "{\"kind\":\"Status\",\"message\":\"pods is forbidden\"}";

        assertRefused(
                "HTTP/1.1 403 Forbidden\r\nContent-Length: " + status.length() + "\r\n\r\n" + status,
                "(status 403): pods is forbidden. To attach to pods, the user of");
    }

    @Test
    void quoteAReasonInChunks() throws Exception {
        assertRefused(
                String.join(
                        "\r\n",
                        "HTTP/1.1 403 Forbidden",
                        "Transfer-Encoding: chunked",
                        "",
                        "4",
                        "{\"me",
                        "16;x=y",
                        "ssage\":\"not for you\"} ",
                        "0",
                        "",
                        ""),
                "(status 403): not for you. ");
    }

    @Test
    void areTriedAgainWhileThePodMayStart() throws Exception {
        assertRefused(
                "HTTP/1.1 500 Error\r\nContent-Length: 19\r\n\r\ncontainer not found", "it will not start");
    }

    @Test
    void nameAServerThatIsNotThere() throws Exception {
        ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of());
        try (ClusterAccess access = server.access()) {
            server.close();
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ScriptedApiServer.attach(access))
                    .withMessage("The streams of pod pod could not be opened at http://127.0.0.1:" + server.port()
                            + "/prefix/: Connection refused");
        }
    }

    @Test
    void checkTheNameInTheServersCertificate() throws Exception {
        Script nothing = (request, socket) -> {};
        try (ScriptedApiServer server = new ScriptedApiServer(folder, true, List.of(nothing));
                ClusterAccess access = server.access("localhost", "token: secret", "")) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ScriptedApiServer.attach(access))
                    .withMessageContaining("No name matching localhost found");
        }
    }

    @Test
    void haveRefusedCredentialsRenewed() throws Exception {
        Path plugin = Files.writeString(
                folder.resolve("plugin"),
                "#!/bin/sh\necho x >> " + folder + "/runs\ncat <<END\n{\"apiVersion\": \"v1\", \"status\":"
                        + " {\"token\": \"token-$(wc -l < " + folder + "/runs)\"}}\nEND\n");
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
        CompletableFuture<String> second = new CompletableFuture<>();
        Script refuse = (request, socket) -> {
            assertThat(request).contains("Bearer token-1\r\n");
            ScriptedApiServer.write(socket, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        };
        Script agree = (request, socket) -> {
            second.complete(request);
            ScriptedApiServer.accept(request, socket);
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(refuse, agree));
                ClusterAccess access =
                        server.access("127.0.0.1", "exec: {apiVersion: v1, command: ./plugin}", "")) {
            ScriptedApiServer.attach(access).close();

            assertThat(second.get()).contains("Bearer token-2\r\n");
            server.await();
        }
    }

    @Test
    void goThroughTheProxyOfTheCluster() throws Exception {
        CompletableFuture<String> connect = new CompletableFuture<>();
        Script proxy = (request, socket) -> {
            connect.complete(request);
            ScriptedApiServer.write(socket, "HTTP/1.1 200 Established\r\n\r\n");
            ScriptedApiServer.accept(ScriptedApiServer.readHead(socket.getInputStream()), socket);
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(proxy));
                ClusterAccess access = server.access(
                        "api.example",
                        "token: secret",
                        ", proxy-url: \"http://me:too@127.0.0.1:" + server.port() + "\"")) {
            ScriptedApiServer.attach(access).close();

            assertThat(connect.get())
                    .startsWith("CONNECT api.example:" + server.port() + " HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: Basic bWU6dG9v\r\n");
            server.await();
        }
    }

    @Test
    void nameAProxyThatRefuses() throws Exception {
        Script proxy = (request, socket) -> ScriptedApiServer.write(socket, "HTTP/1.1 407 No\r\n\r\n");
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(proxy));
                ClusterAccess access = server.access(
                        "api.example", "token: secret", ", proxy-url: \"http://127.0.0.1:" + server.port() + "\"")) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> ScriptedApiServer.attach(access))
                    .withMessageContaining("does not connect to api.example:" + server.port() + ": HTTP/1.1 407 No");
        }
    }

    @Test
    void knowTheExampleOfTheStandard() {
        assertThat(WebSocketHandshake.acceptance("dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
