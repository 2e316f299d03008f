package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that are named, as no engine of this machine is. */
class OddEngineIT extends EngineSearchFixture {

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
