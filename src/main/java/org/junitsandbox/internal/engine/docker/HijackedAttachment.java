package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attachment over docker-java's transport, for engines behind TLS or a named pipe. Two threads of its own move the
 * bytes.
 */
final class HijackedAttachment implements Attachment {

    private static final Logger LOG = LoggerFactory.getLogger(HijackedAttachment.class);

    private static final int CHUNK_BYTES = 64 * 1024;

    /** How many chunks of output may wait to be received. */
    private static final int MAX_CHUNKS = 16;

    private static final byte[] END = new byte[0];

    private final Outgoing outgoing = new Outgoing();
    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(MAX_CHUNKS);
    private final DockerHttpClient.Response response;
    private byte[] chunk = {};
    private int position;
    private volatile boolean closed;

    HijackedAttachment(DockerHttpClient client, String path) {
        response = client.execute(DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path(path)
                .hijackedInput(outgoing)
                .build());
        Thread reader = new Thread(this::read, "sandbox-stream-reader");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void send(byte[] bytes) {
        if (bytes.length > 0) {
            outgoing.queue.add(bytes);
        }
    }

    @Override
    public int receive(byte[] buffer, long timeoutNanos) {
        if (position == chunk.length && !nextChunk(timeoutNanos)) {
            return 0;
        }
        if (chunk == END) {
            return -1;
        }
        int count = Math.min(buffer.length, chunk.length - position);
        System.arraycopy(chunk, position, buffer, 0, count);
        position += count;
        return count;
    }

    private boolean nextChunk(long timeoutNanos) {
        if (chunk == END) {
            return true;
        }
        try {
            byte[] next = incoming.poll(timeoutNanos, TimeUnit.NANOSECONDS);
            if (next == null) {
                return false;
            }
            chunk = next;
            position = 0;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream body = response.getBody()) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                put(Arrays.copyOf(buffer, count));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The streams of a container broke", e);
        } finally {
            outgoing.close();
            put(END);
        }
    }

    /** Waits for room until the attachment is closed. */
    private void put(byte[] bytes) {
        try {
            while (!incoming.offer(bytes, 1, TimeUnit.SECONDS)) {
                if (closed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        outgoing.close();
        response.close();
    }

    /** The bytes to send: docker-java reads them from here. */
    private static final class Outgoing extends InputStream {

        private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
        private byte[] chunk = {};
        private int position;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == chunk.length) {
                // A connection that breaks under docker-java's writer shows on the reading side: the writer prints
                // nothing.
                Thread.currentThread()
                        .setUncaughtExceptionHandler((thread, e) -> LOG.debug("stdin of a container broke", e));
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

        @Override
        public void close() {
            queue.clear();
            queue.add(END);
        }
    }
}
