package org.junitsandbox.internal.engine.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An API server on the loopback interface whose pods stay as they are, and that refuses to attach to any. */
final class PendingCluster implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final HttpServer server;
    private final String status;
    private final int refusal;
    private final CountDownLatch attaches;
    private final CountDownLatch deletions = new CountDownLatch(1);
    private final Queue<Integer> refusedCreations = new ConcurrentLinkedQueue<>();

    /**
     * @param status the status of each pod, in JSON
     * @param refusal the answer to those who attach
     * @param attaches for how many attempts to attach {@link #awaitAttaches} waits
     */
    PendingCluster(String status, int refusal, int attaches) throws IOException {
        this.status = status;
        this.refusal = refusal;
        this.attaches = new CountDownLatch(attaches);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Refuses the next attempts to create something, each with the next status, as a proxy would. */
    void refuseCreations(Integer... statuses) {
        refusedCreations.addAll(List.of(statuses));
    }

    /** Returns how many refusals have not been given yet. */
    int refusalsLeft() {
        return refusedCreations.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        Integer refused = exchange.getRequestMethod().equals("POST") ? refusedCreations.poll() : null;
        if (refused != null) {
            exchange.sendResponseHeaders(refused, -1);
            exchange.close();
            return;
        }
        if (path.endsWith("/version")) {
            send(exchange, 200, "{\"gitVersion\": \"v1.0.0\"}");
        } else if (path.endsWith("/attach")) {
            send(exchange, refusal, "{\"kind\": \"Status\", \"message\": \"the proxy's own reason\"}");
            attaches.countDown();
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            send(exchange, 200, "{}");
            deletions.countDown();
        } else if (exchange.getRequestMethod().equals("GET") && path.endsWith("/pods")) {
            send(exchange, 200, "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}");
        } else {
            send(
                    exchange,
                    200,
                    "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"p\"}, \"status\": " + status
                            + "}");
        }
    }

    static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Writes a configuration that leads to this server. */
    Path kubeconfig(Path folder) throws IOException {
        return kubeconfig(folder, "token: secret");
    }

    /**
     * Writes a configuration that leads to this server.
     *
     * @param user the user's credentials, in YAML
     */
    Path kubeconfig(Path folder, String user) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u, namespace: n}}]
                users: [{name: u, user: {%s}}]
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                """
                        .formatted(user, server.getAddress().getPort()));
    }

    /** Waits until somebody has tried to attach to a pod. */
    boolean awaitAttaches() throws InterruptedException {
        return attaches.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until a pod is deleted. */
    boolean awaitDeletion() throws InterruptedException {
        return deletions.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
