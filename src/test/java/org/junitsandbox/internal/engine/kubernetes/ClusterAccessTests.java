package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAccessTests {

    @TempDir
    private Path folder;

    @Test
    void followsNoRedirectWithItsCredentials() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Queue<String> requests = new ConcurrentLinkedQueue<>();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Location", address + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        Path config = Files.writeString(
                folder.resolve("config"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u, namespace: n}}]
                users: [{name: u, user: {token: secret}}]
                clusters: [{name: c, cluster: {server: "%s"}}]
                """
                        .formatted(address));
        Surroundings place = new Surroundings(List.of(config), config, null, null, folder);
        try (ClusterAccess access = ClusterAccess.of(ClusterConfig.find(place, null), null)) {
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> access.client().pods().list())
                    .satisfies(e -> assertThat(e.getCode()).isEqualTo(302));
        } finally {
            server.stop(0);
        }

        assertThat(requests).containsExactly("/api/v1/namespaces/n/pods");
    }
}
