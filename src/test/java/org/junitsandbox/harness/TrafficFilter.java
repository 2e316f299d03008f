package org.junitsandbox.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Handles the bytes that pass through a {@link LoopbackProxy} in one direction. */
@FunctionalInterface
public interface TrafficFilter {

    /** The pause before each buffer that follows a concurrent strike. */
    Duration SLOW_PAUSE = Duration.ofMillis(5);

    /** Passes all bytes on unchanged. */
    TrafficFilter NONE = (connection, bytes, to) -> write(bytes, to);

    /** An action that a certain text in the traffic triggers. */
    @FunctionalInterface
    interface Strike {
        void at(LoopbackProxy.Connection connection) throws IOException, InterruptedException;
    }

    /**
     * Passes bytes on.
     *
     * @throws IOException if a connection fails, or to make the proxy cut it
     */
    void pass(LoopbackProxy.Connection connection, ByteBuffer bytes, SocketChannel to) throws IOException;

    /** Strikes before bytes that contain {@code text} are passed on, once for each container. */
    static TrafficFilter strikeBefore(String text, Strike strike) {
        Set<String> struck = ConcurrentHashMap.newKeySet();
        return (connection, bytes, to) -> {
            if (contains(bytes, text) && struck.add(connection.container())) {
                strike(strike, connection);
            }
            write(bytes, to);
        };
    }

    /**
     * Strikes in another thread when bytes that contain {@code text} arrive, once for each container. Those bytes and
     * the ones after them are passed on meanwhile, but slowly: an engine may have to send them before it can carry out
     * the strike's request.
     */
    static TrafficFilter strikeConcurrently(String text, Strike strike) {
        Set<String> struck = ConcurrentHashMap.newKeySet();
        return (connection, bytes, to) -> {
            if (contains(bytes, text) && struck.add(connection.container())) {
                Thread striker = new Thread(() -> {
                    try {
                        strike(strike, connection);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                striker.setDaemon(true);
                striker.start();
            }
            if (struck.contains(connection.container())) {
                sleep(SLOW_PAUSE);
            }
            write(bytes, to);
        };
    }

    /** Replaces texts, each by one of the same length. */
    static TrafficFilter replacing(Map<String, String> texts) {
        return (connection, bytes, to) -> {
            String text = ISO_8859_1.decode(bytes).toString();
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                text = text.replace(entry.getKey(), entry.getValue());
            }
            write(ISO_8859_1.encode(text), to);
        };
    }

    private static boolean contains(ByteBuffer bytes, String text) {
        return ISO_8859_1.decode(bytes.duplicate()).toString().contains(text);
    }

    private static void strike(Strike strike, LoopbackProxy.Connection connection) throws IOException {
        try {
            strike.at(connection);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Pauses before the byte at {@code offset}, counted from now on over all attached streams. */
    static TrafficFilter split(long offset, Duration pause) {
        AtomicLong left = new AtomicLong(offset);
        return (connection, bytes, to) -> {
            if (connection.isAttached()) {
                ByteBuffer before = before(bytes, left);
                write(before, to);
                if (bytes.hasRemaining() && before.limit() > 0) {
                    sleep(pause);
                }
            }
            write(bytes, to);
        };
    }

    /** Cuts the connection before the byte at {@code offset}, counted from now on over all attached streams. */
    static TrafficFilter cut(long offset) {
        AtomicLong left = new AtomicLong(offset);
        return (connection, bytes, to) -> {
            if (connection.isAttached()) {
                write(before(bytes, left), to);
                if (bytes.hasRemaining()) {
                    throw new EOFException("cut");
                }
            }
            write(bytes, to);
        };
    }

    /**
     * Cuts the streams of one container before the byte at {@code offset}, counted from now on; others are left alone.
     *
     * @param container the start of its id
     */
    static TrafficFilter cut(String container, long offset) {
        TrafficFilter cut = cut(offset);
        return (connection, bytes, to) ->
                (connection.container().startsWith(container) ? cut : NONE).pass(connection, bytes, to);
    }

    /** Delays every buffer. */
    static TrafficFilter delay(Duration pause) {
        return (connection, bytes, to) -> {
            sleep(pause);
            write(bytes, to);
        };
    }

    /** Removes and returns up to {@code left} bytes from the start of {@code bytes}, and counts {@code left} down. */
    private static ByteBuffer before(ByteBuffer bytes, AtomicLong left) {
        int count = (int) Math.min(left.get(), bytes.remaining());
        left.addAndGet(-count);
        ByteBuffer before = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        return before;
    }

    private static void write(ByteBuffer bytes, SocketChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
