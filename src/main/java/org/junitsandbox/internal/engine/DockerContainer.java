package org.junitsandbox.internal.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A container attached over docker-java's HTTP transport. */
final class DockerContainer implements AttachedContainer {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** The kind of stream, three zeros, the payload's length as 32 bits, most significant first. */
    private static final int FRAME_HEADER_BYTES = 8;

    private static final int LENGTH_OFFSET = 4;

    private static final int STDERR_FRAME = 2;

    private final String id;
    private final DockerEngine engine;
    private final OutgoingStream stdin;
    private final DockerHttpClient.Response attachment;
    private final AtomicBoolean closed = new AtomicBoolean();

    DockerContainer(String id, DockerEngine engine, OutgoingStream stdin, DockerHttpClient.Response attachment) {
        this.id = id;
        this.engine = engine;
        this.stdin = stdin;
        this.attachment = attachment;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void send(byte[] bytes) {
        stdin.send(bytes);
    }

    @Override
    public void receive(FrameSink sink) throws IOException {
        InputStream body = attachment.getBody();
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (readHeader(body, buffer)) {
                boolean stderr = buffer[0] == STDERR_FRAME;
                long left = Integer.toUnsignedLong(ByteBuffer.wrap(buffer).getInt(LENGTH_OFFSET));
                while (left > 0) {
                    int count = body.read(buffer, 0, (int) Math.min(left, buffer.length));
                    if (count < 0) {
                        throw new EOFException("the stream ended inside a frame");
                    }
                    sink.frame(stderr, buffer, 0, count);
                    left -= count;
                }
            }
        } finally {
            stdin.close();
        }
    }

    /** Returns false at the end of the stream. */
    private static boolean readHeader(InputStream body, byte[] buffer) throws IOException {
        int count = body.readNBytes(buffer, 0, FRAME_HEADER_BYTES);
        if (count > 0 && count < FRAME_HEADER_BYTES) {
            throw new EOFException("the stream ended inside a frame's header");
        }
        return count > 0;
    }

    @Override
    public State state() {
        return engine.state(id);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stdin.close();
            attachment.close();
            engine.remove(id);
        }
    }
}
