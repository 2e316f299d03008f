package org.junitsandbox.internal.engine.kubernetes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.OutgoingBytes;

/** TLS over another connection, by the thread that sends and receives: a blocking TLS socket ends at an interrupt. */
final class TlsConnection implements ByteConnection {

    private static final int RECEIVED_BYTES = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteConnection lower;
    private final SSLEngine engine;
    private final byte[] received = new byte[RECEIVED_BYTES];
    /** What was received and is not decrypted yet, ready to be read. */
    private ByteBuffer encrypted = NOTHING;
    /** What was decrypted and is not taken yet, ready to be read. */
    private ByteBuffer plain = NOTHING;

    private TlsConnection(ByteConnection lower, SSLEngine engine) {
        this.lower = lower;
        this.engine = engine;
    }

    /** Agrees on keys with the other end and checks its certificate. */
    static TlsConnection start(ByteConnection lower, SSLEngine engine, long deadlineNanos) throws IOException {
        TlsConnection connection = new TlsConnection(lower, engine);
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new IOException("the TLS handshake was not completed in time");
            }
            if (!connection.step() && connection.receiveEncrypted(left) < 0) {
                throw new EOFException("the server ended the connection during the TLS handshake");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted during the TLS handshake");
            }
        }
        return connection;
    }

    /** Does what the engine wants next. Returns false if that needs more from the other end. */
    private boolean step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> lower.send(OutgoingBytes.of(toArray(encrypt(NOTHING))));
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> {
                return decrypt();
            }
        }
        return true;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private static byte[] toArray(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Encrypts one record's worth of bytes. */
    private ByteBuffer encrypt(ByteBuffer bytes) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(bytes, record);
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new IOException("the TLS connection was closed");
        }
        return record.flip();
    }

    /** Decrypts one record. Returns false if the rest of it is yet to come. */
    private boolean decrypt() throws IOException {
        int size = engine.getSession().getApplicationBufferSize();
        ByteBuffer space = plain.capacity() < size ? ByteBuffer.allocate(size) : plain.clear();
        SSLEngineResult result = engine.unwrap(encrypted, space);
        plain = space.flip();
        return result.getStatus() == Status.OK;
    }

    private int receiveEncrypted(long timeoutNanos) throws IOException {
        int count = lower.receive(received, timeoutNanos);
        if (count > 0) {
            ByteBuffer all = ByteBuffer.allocate(encrypted.remaining() + count);
            encrypted = all.put(encrypted).put(received, 0, count).flip();
        }
        return count;
    }

    @Override
    public void send(OutgoingBytes bytes) throws IOException {
        lower.send(new OutgoingBytes() {
            private @Nullable ByteBuffer piece = NOTHING;

            @Override
            public long length() {
                return bytes.length();
            }

            @Override
            public @Nullable ByteBuffer next() throws IOException {
                while (piece != null && !piece.hasRemaining()) {
                    piece = bytes.next();
                }
                if (piece == null) {
                    return null;
                }
                int before = piece.remaining();
                ByteBuffer record = encrypt(piece);
                if (!record.hasRemaining() && piece.remaining() == before) {
                    throw new IOException("the TLS connection takes no bytes: a new handshake is under way");
                }
                return record;
            }
        });
    }

    @Override
    public int receive(byte[] buffer, long timeoutNanos) throws IOException {
        long deadline = System.nanoTime() + timeoutNanos;
        long left = timeoutNanos;
        while (!plain.hasRemaining()) {
            if (engine.isInboundDone()) {
                return -1;
            }
            boolean wantsToSpeak = engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            if (wantsToSpeak || encrypted.hasRemaining()) {
                if (step()) {
                    continue;
                }
            }
            int count = receiveEncrypted(Math.max(0, left));
            if (count < 0 && encrypted.hasRemaining()) {
                throw new EOFException("the connection ended inside a TLS record");
            }
            left = deadline - System.nanoTime();
            if (count < 0 || (count == 0 && (left <= 0 || Thread.currentThread().isInterrupted()))) {
                return count;
            }
        }
        int count = Math.min(plain.remaining(), buffer.length);
        plain.get(buffer, 0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        lower.close();
    }
}
