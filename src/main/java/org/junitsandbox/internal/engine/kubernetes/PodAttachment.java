package org.junitsandbox.internal.engine.kubernetes;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of a pod's container, over a WebSocket that the thread that waits for a reply reads and writes itself.
 * Any thread may close it or keep it alive.
 */
final class PodAttachment implements StreamConnection, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PodAttachment.class);

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final int NORMAL_CLOSURE = 1000;

    private final ByteConnection connection;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final PodChannels channels = new PodChannels();
    private final EarlyOutput early = new EarlyOutput();
    private final ReentrantLock inUse = new ReentrantLock();
    private final WebSocketDecoder decoder = new WebSocketDecoder(new Messages());
    private StreamSink sink = early;
    private boolean ended;
    private @Nullable String closeProblem;
    /** What came while nobody used the connection and could not be taken apart: nothing that follows can be. */
    private @Nullable Exception failure;

    /**
     * Takes over a WebSocket.
     *
     * @param received what came after the handshake already
     */
    PodAttachment(ByteConnection connection, byte[] received) throws IOException {
        this.connection = connection;
        decoder.decode(received, 0, received.length);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        inUse.lock();
        try {
            connection.send(WebSocketEncoder.messages(PodChannels.STDIN, bytes));
        } finally {
            inUse.unlock();
        }
    }

    @Override
    public boolean receive(long timeoutNanos, StreamSink taker) throws IOException {
        inUse.lock();
        try {
            if (early.handOn(taker)) {
                return true;
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            sink = taker;
            return receiveMore(timeoutNanos);
        } finally {
            sink = early;
            inUse.unlock();
        }
    }

    private boolean receiveMore(long timeoutNanos) throws IOException {
        if (!ended) {
            int count = connection.receive(buffer, timeoutNanos);
            if (count >= 0) {
                decoder.decode(buffer, 0, count);
                return true;
            }
            if (!decoder.isBetweenFrames()) {
                throw new EOFException("the connection ended inside a frame");
            }
            if (!channels.hasEnded()) {
                throw new EOFException("the connection ended, and the cluster has not reported an end of the streams");
            }
            ended = true;
        }
        channels.checkEnd();
        if (closeProblem != null) {
            throw new IOException(closeProblem);
        }
        return false;
    }

    /**
     * Sends something over a connection that is not in use, as load balancers cut those on which nothing comes, and
     * answers what has come. An end shows at the next {@link #receive}.
     */
    void keepAlive() throws IOException {
        if (inUse.tryLock()) {
            try {
                if (!ended && early.hasRoom()) {
                    connection.send(WebSocketEncoder.control(WebSocketDecoder.PING, new byte[0]));
                    receiveUnused();
                }
            } finally {
                inUse.unlock();
            }
        }
    }

    private void receiveUnused() throws IOException {
        try {
            receiveMore(0);
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        KeepAlive.remove(this);
        connection.close();
    }

    private final class Messages implements WebSocketDecoder.Handler {

        @Override
        public void data(byte[] bytes, int offset, int length, boolean first) throws IOException {
            channels.data(bytes, offset, length, first, sink);
        }

        @Override
        public void messageEnd() {
            channels.messageEnd();
        }

        @Override
        public void control(int opcode, byte[] payload) throws IOException {
            if (opcode == WebSocketDecoder.PING) {
                connection.send(WebSocketEncoder.control(WebSocketDecoder.PONG, payload));
            } else if (opcode == WebSocketDecoder.CLOSE) {
                end(payload);
            }
        }

        private void end(byte[] payload) {
            ended = true;
            int code = payload.length < 2 ? NORMAL_CLOSURE : ByteBuffer.wrap(payload).getShort() & 0xffff;
            if (code != NORMAL_CLOSURE) {
                String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
                closeProblem = "the server closed the streams with code " + code + ": " + Excerpt.line(reason);
            }
            try {
                connection.send(WebSocketEncoder.control(WebSocketDecoder.CLOSE, payload));
            } catch (IOException e) {
                LOG.debug("The server did not wait for an answer to its close", e);
            }
        }
    }
}
