package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An attachment over a socket of its own. The thread that waits for a reply reads and writes it itself: handing over to
 * another thread would take a third of a short command's time. The channel does not block, so that an interrupt cannot
 * close it.
 */
final class ChannelAttachment implements Attachment {

    /** How long the engine may accept nothing of what is sent. */
    private static final long SEND_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** How much it must accept besides: a socket may accept a little at times although its other end reads nothing. */
    private static final long MIN_BYTES_PER_SECOND = 256 * 1024;

    private static final long SEND_CHECK_MILLIS = 1000;

    private static final int MAX_WRITE_BYTES = 128 * 1024;

    /** How much output that comes during a send is kept for the next {@link #receive}; the rest waits at the engine. */
    private static final int MAX_EARLY_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private byte[] early;

    private ChannelAttachment(SocketChannel channel, byte[] early) throws IOException {
        this.channel = channel;
        this.early = early;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
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
            return new ChannelAttachment(channel, UpgradeHandshake.perform(channel, path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        writeSome(buffer);
        if (buffer.hasRemaining()) {
            sendRest(buffer);
        }
    }

    /** Writes what the socket accepts at once. The JDK copies all that it is offered, so that it is offered little. */
    private int writeSome(ByteBuffer buffer) throws IOException {
        int end = buffer.limit();
        try {
            return channel.write(buffer.limit(Math.min(end, buffer.position() + MAX_WRITE_BYTES)));
        } finally {
            buffer.limit(end);
        }
    }

    private void sendRest(ByteBuffer buffer) throws IOException {
        boolean interrupted = Thread.interrupted();
        awaitNext(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        try {
            int length = buffer.remaining();
            long slowest = SEND_TIMEOUT_NANOS + length / MIN_BYTES_PER_SECOND * TimeUnit.SECONDS.toNanos(1);
            long start = System.nanoTime();
            long lastProgress = start;
            while (buffer.hasRemaining()) {
                long now = System.nanoTime();
                if (now - lastProgress > SEND_TIMEOUT_NANOS || now - start > slowest) {
                    throw new IOException("the engine has accepted " + (length - buffer.remaining()) + " of " + length
                            + " bytes in " + TimeUnit.NANOSECONDS.toSeconds(now - start) + " s");
                }
                select(SEND_CHECK_MILLIS);
                interrupted |= Thread.interrupted();
                if (isReadable() && !keepEarly()) {
                    awaitNext(SelectionKey.OP_WRITE);
                }
                if (writeSome(buffer) > 0) {
                    lastProgress = System.nanoTime();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            awaitNext(SelectionKey.OP_READ);
        }
    }

    @Override
    public int receive(byte[] buffer, long timeoutNanos) throws IOException {
        int count = takeEarly(buffer);
        if (count > 0) {
            return count;
        }
        count = channel.read(ByteBuffer.wrap(buffer));
        if (count == 0 && timeoutNanos > 0) {
            // Rounded up: a wait that is too short by less than a millisecond would be made again and again.
            select(TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + 1);
            count = channel.read(ByteBuffer.wrap(buffer));
        }
        return count;
    }

    private synchronized int takeEarly(byte[] buffer) {
        int count = Math.min(early.length, buffer.length);
        System.arraycopy(early, 0, buffer, 0, count);
        early = Arrays.copyOfRange(early, count, early.length);
        return count;
    }

    /**
     * Keeps output that comes during a send. This also shows the end of the streams, after which an engine accepts
     * nothing more.
     *
     * @return whether there is room for more
     */
    private synchronized boolean keepEarly() throws IOException {
        int length = early.length;
        byte[] kept = Arrays.copyOf(early, MAX_EARLY_BYTES);
        ByteBuffer room = ByteBuffer.wrap(kept).position(length);
        if (channel.read(room) < 0) {
            throw new IOException("the engine ended the streams");
        }
        early = Arrays.copyOf(kept, room.position());
        return room.hasRemaining();
    }

    private boolean isReadable() throws IOException {
        try {
            return key.isReadable();
        } catch (CancelledKeyException e) {
            throw new IOException("the connection was closed", e);
        }
    }

    /** Sets what the next {@link #select} waits for. */
    private void awaitNext(int operations) throws IOException {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException | ClosedSelectorException e) {
            throw new IOException("the connection was closed", e);
        }
    }

    private void select(long timeoutMillis) throws IOException {
        try {
            selector.select(timeoutMillis);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("the connection was closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }
}
