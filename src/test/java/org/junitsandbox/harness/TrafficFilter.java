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

/** What is done to the bytes that pass through a {@link LoopbackProxy} in one direction. */
@FunctionalInterface
public interface TrafficFilter {

    /** For each 64 KiB. */
    Duration SLOWLY = Duration.ofMillis(5);

    /** Passes them on as they are. */
    TrafficFilter NONE = (connection, bytes, to) -> write(bytes, to);

    /** What is done when a certain text comes by. */
    @FunctionalInterface
    interface Strike {
        void at(LoopbackProxy.Connection connection) throws IOException, InterruptedException;
    }

    /**
     * Passes bytes on.
     *
     * @throws IOException also to have the connection cut
     */
    void pass(LoopbackProxy.Connection connection, ByteBuffer bytes, SocketChannel to) throws IOException;

    /** Strikes before bytes that hold {@code text} are passed on, once for each container. */
    static TrafficFilter strikeBefore(String text, Strike strike) {
        Set<String> struck = ConcurrentHashMap.newKeySet();
        return (connection, bytes, to) -> {
            if (holds(bytes, text) && struck.add(connection.container())) {
                strike(strike, connection);
            }
            write(bytes, to);
        };
    }

    /**
     * Strikes when bytes that hold {@code text} come by. What comes with and after them is passed on meanwhile, but
     * slowly: an engine may need to get rid of it before it can do what the strike asks for.
     */
    static TrafficFilter strikeBeside(String text, Strike strike) {
        Set<String> struck = ConcurrentHashMap.newKeySet();
        return (connection, bytes, to) -> {
            if (holds(bytes, text) && struck.add(connection.container())) {
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
                sleep(SLOWLY);
            }
            write(bytes, to);
        };
    }

    /** Puts other texts in place of some, each of the same length. */
    static TrafficFilter replacing(Map<String, String> texts) {
        return (connection, bytes, to) -> {
            String text = ISO_8859_1.decode(bytes).toString();
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                text = text.replace(entry.getKey(), entry.getValue());
            }
            write(ISO_8859_1.encode(text), to);
        };
    }

    private static boolean holds(ByteBuffer bytes, String text) {
        return ISO_8859_1.decode(bytes.duplicate()).toString().contains(text);
    }

    private static void strike(Strike strike, LoopbackProxy.Connection connection) throws IOException {
        try {
            strike.at(connection);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Has a pause in the attached streams before their {@code offset}th byte from now on. */
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

    /** Cuts the connection of attached streams before their {@code offset}th byte from now on. */
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

    /** Passes everything on a little later. */
    static TrafficFilter delay(Duration pause) {
        return (connection, bytes, to) -> {
            sleep(pause);
            write(bytes, to);
        };
    }

    /** Takes those bytes out of {@code bytes} that are before the {@code left}th, and counts them. */
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
