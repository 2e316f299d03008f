package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attachment over a socket of its own, which the thread that waits for a reply reads and writes itself: a hand-over
 * to another thread would cost a third of a short command's time. The channel does not block, so that an interrupt
 * cannot close it.
 */
final class ChannelAttachment implements Attachment {

    /** How long the engine may take in nothing of what is sent to it. */
    private static final long SEND_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /**
     * What it must take in besides: a socket may take a little every now and then, though nobody reads at its other
     * end.
     */
    private static final long SEND_BYTES_PER_SECOND = 256 * 1024;

    private static final long SEND_CHECK_MILLIS = 1000;

    /** The longest answer to the request to attach: a line, some headers, an error's text. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private static final int MAX_WRITE_BYTES = 128 * 1024;

    /**
     * How much of what comes while something is sent is kept for the next {@link #receive}; the rest waits at the
     * engine.
     */
    private static final int MAX_EARLY_BYTES = 64 * 1024;

    private static final String HEADERS_END = "\r\n\r\n";

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,7})\r\n");

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

    /** Asks the engine at {@code address} for the streams that {@code path} names. */
    static Attachment connect(SocketAddress address, String path) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            if (address instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            String request = "POST " + path + " HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                    + "Content-Length: 0\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
            return new ChannelAttachment(channel, readAnswer(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads the engine's agreement. Returns what came after it. */
    static byte[] readAnswer(ReadableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        String answer = "";
        while (!answer.contains(HEADERS_END)) {
            if (!buffer.hasRemaining()) {
                throw new IOException("the engine's answer has headers of more than " + MAX_ANSWER_BYTES + " bytes");
            }
            if (channel.read(buffer) < 0) {
                throw new IOException("the engine ended the connection after: " + answer.strip());
            }
            answer = text(buffer);
        }
        int bodyStart = answer.indexOf(HEADERS_END) + HEADERS_END.length();
        if (!answer.matches("(?s)HTTP/1\\.[01] (101|200) .*")) {
            readBody(channel, buffer, bodyStart);
            throw new IOException("the engine answered: " + text(buffer).strip());
        }
        return Arrays.copyOfRange(buffer.array(), bodyStart, buffer.position());
    }

    /** Reads on to the end of a refusal's text, which says why. */
    private static void readBody(ReadableByteChannel channel, ByteBuffer buffer, int start) throws IOException {
        Matcher length = CONTENT_LENGTH.matcher(text(buffer));
        int end = length.find() ? start + Integer.parseInt(length.group(1)) : start;
        buffer.limit(Math.min(Math.max(end, buffer.position()), buffer.capacity()));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    }

    private static String text(ByteBuffer buffer) {
        return ISO_8859_1.decode(buffer.duplicate().flip()).toString();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        writeSome(buffer);
        if (buffer.hasRemaining()) {
            sendRest(buffer);
        }
    }

    /**
     * Writes as much as goes at once, and no more than a socket takes: the JDK copies all that it is offered at each
     * write.
     */
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
            long slowest = SEND_TIMEOUT_NANOS + length / SEND_BYTES_PER_SECOND * TimeUnit.SECONDS.toNanos(1);
            long start = System.nanoTime();
            long lastProgress = start;
            while (buffer.hasRemaining()) {
                long now = System.nanoTime();
                if (now - lastProgress > SEND_TIMEOUT_NANOS || now - start > slowest) {
                    throw new IOException("the engine has taken in " + (length - buffer.remaining()) + " of " + length
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
     * Keeps what has come while something is sent. So the end of the streams shows: an engine takes in nothing more
     * then.
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

    /** Tells what the next {@link #select} is to wait for. */
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
