package org.junitsandbox.internal.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an engine over a socket. The thread that waits for a reply reads and writes it itself: handing over
 * to another thread would take a third of a short command's time. The channel does not block, so that an interrupt
 * cannot close it.
 */
public final class SocketConnection implements ByteConnection {

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

    /**
     * Takes over a connected channel.
     *
     * @param early what was read from it already, to be received first
     */
    public SocketConnection(SocketChannel channel, byte[] early) throws IOException {
        this.channel = channel;
        this.early = early;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void send(OutgoingBytes bytes) throws IOException {
        long accepted = 0;
        for (ByteBuffer next = bytes.next(); next != null; next = bytes.next()) {
            accepted += writeSome(next);
            if (next.hasRemaining()) {
                sendRest(next, bytes, accepted);
                return;
            }
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

    private void sendRest(ByteBuffer first, OutgoingBytes bytes, long atOnce) throws IOException {
        boolean interrupted = Thread.interrupted();
        awaitNext(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
        try {
            long length = bytes.length();
            long slowest = SEND_TIMEOUT_NANOS + length / MIN_BYTES_PER_SECOND * TimeUnit.SECONDS.toNanos(1);
            long start = System.nanoTime();
            long lastProgress = start;
            long accepted = atOnce;
            @Nullable ByteBuffer buffer = first;
            while (buffer != null) {
                long now = System.nanoTime();
                if (now - lastProgress > SEND_TIMEOUT_NANOS || now - start > slowest) {
                    throw new IOException("the engine has accepted " + accepted + " of " + length + " bytes in "
                             + TimeUnit.NANOSECONDS.toSeconds(now - start) + " s");
                }
                select(SEND_CHECK_MILLIS);
                interrupted |= Thread.interrupted();
                if (isReadable() && !keepEarly()) {
                    awaitNext(SelectionKey.OP_WRITE);
                }
                int count = writeSome(buffer);
                if (count > 0) {
                    accepted += count;
                    lastProgress = System.nanoTime();
                }
                while (buffer != null && !buffer.hasRemaining()) {
                    buffer = bytes.next();
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
