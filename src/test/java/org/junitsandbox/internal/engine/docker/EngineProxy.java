package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junitsandbox.harness.EngineSocket;

/**
 * The engine of this machine on a loopback port: behind TLS, or so that it holds requests, refuses them or answers
 * something else.
 */
final class EngineProxy implements AutoCloseable {

    private static final String CONFLICT_MESSAGE = "{\"message\":\"removal of container is already in progress\"}";

    private static final String CONFLICT = "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: "
            + CONFLICT_MESSAGE.length() + "\r\n\r\n" + CONFLICT_MESSAGE;

    private final SocketAddress engine = UnixDomainSocketAddress.of(EngineSocket.path());
    private final ServerSocket server;
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile List<String> held = List.of();
    private volatile List<String> refused = List.of();
    private volatile List<String> conflicting = List.of();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    EngineProxy(ServerSocketFactory sockets) throws IOException {
        server = sockets.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI address() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on, requests that contain one of {@code texts} are held until {@link #release()}. */
    void hold(String... texts) {
        held = List.of(texts);
    }

    /** From now on, connections end at requests that contain one of {@code texts}, which the engine never sees. */
    void refuse(String... texts) {
        refused = List.of(texts);
    }

    /**
     * From now on, requests that contain one of {@code texts} are answered as those for the removal of a container that
     * is being removed already. The engine never sees them.
     */
    void conflict(String... texts) {
        conflicting = List.of(texts);
    }

    /** Waits until a request that contains {@code text} has come. */
    void awaitRequest(String text) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (requests.stream().noneMatch(request -> request.contains(text))) {
            assertThat(System.nanoTime()).as("%s is asked for in time", text).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    void release() {
        released.countDown();
    }

    /** Waits until a request that was held has had its answer. */
    void awaitAnswer() throws InterruptedException {
        assertThat(answered.await(20, TimeUnit.SECONDS)).as("a request was held and is answered").isTrue();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept(), SocketChannel.open(engine));
                start(connection::forward);
                start(connection::bringBack);
            }
        } catch (IOException e) {
            // Closed: nobody is served any more.
        }
    }

    private final class Connection {

        private final Socket client;
        private final SocketChannel target;
        private volatile boolean wasHeld;

        Connection(Socket client, SocketChannel target) {
            this.client = client;
            this.target = target;
        }

        void forward() {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream from = client.getInputStream();
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                    String request = new String(buffer, 0, count, ISO_8859_1);
                    if (refused.stream().anyMatch(request::contains)) {
                        close();
                        return;
                    }
                    requests.add(request);
                    if (conflicting.stream().anyMatch(request::contains)) {
                        client.getOutputStream().write(CONFLICT.getBytes(ISO_8859_1));
                        continue;
                    }
                    if (held.stream().anyMatch(request::contains)) {
                        released.await();
                        wasHeld = true;
                    }
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                    while (bytes.hasRemaining()) {
                        target.write(bytes);
                    }
                }
                target.shutdownOutput();
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        void bringBack() {
            byte[] buffer = new byte[64 * 1024];
            try {
                OutputStream to = client.getOutputStream();
                for (int count = read(buffer); count >= 0; count = read(buffer)) {
                    to.write(buffer, 0, count);
                    if (wasHeld) {
                        answered.countDown();
                    }
                }
                client.shutdownOutput();
            } catch (IOException e) {
                close();
            }
        }

        /** Not by {@link java.nio.channels.Channels}: its streams keep each other waiting. */
        private int read(byte[] buffer) throws IOException {
            return target.read(ByteBuffer.wrap(buffer));
        }

        /** One side has gone: the other is to notice. */
        private void close() {
            try {
                target.close();
                client.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
    }
}
