package org.junitsandbox.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.docker.OtherEngine;

/**
 * A proxy on a loopback port in front of an engine's Unix socket. It can alter, delay and cut the traffic: to its
 * clients the engine fails, while the real engine keeps serving others.
 */
public final class LoopbackProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final Pattern CONTAINER = Pattern.compile("^(?:POST|DELETE) \\S*/containers/([0-9a-f]{64})");

    private final SocketAddress engine;
    private final ServerSocketChannel server;
    private final Queue<SocketChannel> channels = new ConcurrentLinkedQueue<>();
    private volatile TrafficFilter toEngine = TrafficFilter.NONE;
    private volatile TrafficFilter toClient = TrafficFilter.NONE;

    public LoopbackProxy(String engineSocket) throws IOException {
        engine = UnixDomainSocketAddress.of(engineSocket);
        server = ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    public String dockerHost() throws IOException {
        return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Returns the library's engine that connects through this proxy; a call may take {@code callLimit}. */
    public ContainerEngine engine(Duration callLimit) throws IOException, EngineException {
        return OtherEngine.connect(URI.create(dockerHost()), callLimit);
    }

    /** Sets the filter for bytes to the engine, also on open connections. */
    public void filterToEngine(TrafficFilter filter) {
        toEngine = filter;
    }

    /** Sets the filter for bytes from the engine, also on open connections. */
    public void filterToClient(TrafficFilter filter) {
        toClient = filter;
    }

    private void accept() {
        try {
            while (true) {
                serve(server.accept());
            }
        } catch (IOException e) {
            // The server channel was closed: accept no more connections.
        }
    }

    private void serve(SocketChannel client) throws IOException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SocketChannel target;
        try {
            target = SocketChannel.open(engine);
        } catch (IOException e) {
            // The engine is gone: the client sees its connection closed.
            client.close();
            return;
        }
        channels.add(client);
        channels.add(target);
        Connection connection = new Connection(client, target);
        start(connection::copyRequests);
        start(connection::copyResponses);
    }

    /** One connection of a client. */
    public final class Connection {

        private final SocketChannel client;
        private final SocketChannel target;
        private volatile String container = "";
        private volatile boolean attached;

        private Connection(SocketChannel client, SocketChannel target) {
            this.client = client;
            this.target = target;
        }

        /** Returns the id of the container that the last request named; empty before the first. */
        public String container() {
            return container;
        }

        /** Returns whether the connection carries the attached streams of a container. */
        public boolean isAttached() {
            return attached;
        }

        public void cut() throws IOException {
            client.close();
            target.close();
        }

        private void copyRequests() {
            copy(client, target, () -> toEngine, true);
        }

        private void copyResponses() {
            copy(target, client, () -> toClient, false);
        }

        private void copy(SocketChannel from, SocketChannel to, Supplier<TrafficFilter> filter, boolean requests) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    if (requests && !attached) {
                        inspect(buffer);
                    }
                    filter.get().pass(this, buffer, to);
                }
                to.shutdownOutput();
            } catch (IOException e) {
                // Cut by one side or by the test: close both, so that the other side notices.
                closeQuietly();
            }
        }

        private void inspect(ByteBuffer buffer) {
            String text = ISO_8859_1.decode(buffer.duplicate()).toString();
            Matcher request = CONTAINER.matcher(text);
            if (request.find()) {
                container = request.group(1);
                attached = text.startsWith("/attach?", request.end());
            }
        }

        private void closeQuietly() {
            try {
                cut();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "loopback-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Accepts no more connections and closes every open one. */
    public void cut() throws IOException {
        server.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
