package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.OutgoingBytes;
import org.junitsandbox.internal.stream.SocketConnection;

/** Connects to the server of a cluster: through its proxy if it has one, and with TLS unless its address is plain. */
final class ApiConnection {

    private ApiConnection() {}

    /**
     * Connects.
     *
     * @param deadlineNanos until when, by {@link System#nanoTime}
     */
    static ByteConnection open(ConnectionSettings settings, long deadlineNanos) throws IOException {
        InetSocketAddress proxy = settings.proxy();
        InetSocketAddress target =
                proxy == null ? new InetSocketAddress(settings.host(), settings.port()) : proxy;
        ByteConnection socket = connect(target, deadlineNanos);
        try {
            if (proxy != null) {
                passProxy(socket, settings, deadlineNanos);
            }
            return settings.usesTls() ? TlsConnection.start(socket, settings.newTlsEngine(), deadlineNanos) : socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static ByteConnection connect(InetSocketAddress address, long deadlineNanos) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("there is no host " + address.getHostString());
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            channel.socket().connect(address, (int) Math.max(1, left));
            return new SocketConnection(channel, new byte[0]);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void passProxy(ByteConnection socket, ConnectionSettings settings, long deadlineNanos)
            throws IOException {
        String host = settings.host();
        String target = (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port();
        @Nullable String authorization = settings.proxyAuthorization();
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n") + "\r\n";
        socket.send(OutgoingBytes.of(request.getBytes(ISO_8859_1)));
        HttpReply reply = HttpReply.receive(socket, deadlineNanos);
        if (reply.status() != 200) {
            throw new IOException("the proxy " + settings.proxy() + " does not connect to " + target + ": "
                    + reply.statusLine());
        }
    }
}
