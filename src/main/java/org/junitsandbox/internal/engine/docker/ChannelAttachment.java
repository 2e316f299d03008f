package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.OutgoingBytes;
import org.junitsandbox.internal.stream.SocketConnection;

/** An attachment over a socket of its own. */
final class ChannelAttachment implements Attachment {

    private final ByteConnection connection;

    private ChannelAttachment(ByteConnection connection) {
        this.connection = connection;
    }

    /** Returns the address of an engine that can be reached like this: one on a Unix socket, or on TCP without TLS. */
    static Optional<SocketAddress> address(URI engine, @Nullable SSLConfig ssl) {
        return switch (engine.getScheme()) {
            case "unix" -> Optional.of(UnixDomainSocketAddress.of(engine.getPath()));
            case "tcp", "http" -> ssl == null && engine.getPath().length() <= 1
                    ? Optional.of(new InetSocketAddress(engine.getHost(), engine.getPort()))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Connects to the streams that {@code path} names at the engine. */
    static Attachment connect(SocketAddress address, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            if (address instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return new ChannelAttachment(new SocketConnection(channel, UpgradeHandshake.perform(channel, path)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        connection.send(OutgoingBytes.of(bytes));
    }

    @Override
    public int receive(byte[] buffer, long timeoutNanos) throws IOException {
        return connection.receive(buffer, timeoutNanos);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
