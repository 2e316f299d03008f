package org.junitsandbox.internal.engine;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes on their way to a container's stdin: docker-java reads them from here, on a thread of its own. */
final class OutgoingStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingStream.class);

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private byte[] chunk = {};
    private int position;
    private volatile boolean closed;

    void send(byte[] bytes) {
        if (bytes.length > 0 && !closed) {
            queue.add(bytes);
        }
    }

    @Override
    public void close() {
        closed = true;
        queue.clear();
        queue.add(END);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (position == chunk.length) {
            // A connection that breaks under docker-java's writer shows on the reading side, with its reason; the writer's
            // own death is no news for the console.
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> LOG.debug("stdin of a container broke", e));
            try {
                chunk = queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
            position = 0;
            if (chunk == END) {
                queue.add(END);
                return -1;
            }
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, buffer, offset, count);
        position += count;
        return count;
    }
}
