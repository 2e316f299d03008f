package org.junitsandbox.internal.engine.docker;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.stream.StreamSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container of an engine with Docker's HTTP API. */
final class DockerContainer implements AttachedContainer {

    private static final Logger LOG = LoggerFactory.getLogger(DockerContainer.class);

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final long DROP_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String id;
    private final Attachment attachment;
    private final ContainerProbe probe;
    private final ContainerRemover remover;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock receiving = new ReentrantLock();
    private volatile boolean removed;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final FrameDecoder frames = new FrameDecoder();

    DockerContainer(String id, Attachment attachment, ContainerProbe probe, ContainerRemover remover) {
        this.id = id;
        this.attachment = attachment;
        this.probe = probe;
        this.remover = remover;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        attachment.send(bytes);
    }

    @Override
    public boolean receive(long timeoutNanos, StreamSink sink) throws IOException {
        receiving.lock();
        try {
            if (closed.get()) {
                throw new IOException("the container was closed");
            }
            int count = attachment.receive(buffer, timeoutNanos);
            if (count < 0) {
                if (!frames.isBetweenFrames()) {
                    throw new EOFException("the stream ended inside a frame");
                }
                return false;
            }
            frames.decode(buffer, 0, count, sink);
            return true;
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public State state() {
        return probe.state(id);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            BoundedCall.beside(this::dropOutput);
            // In this order: the engine reports the end of a removal only to requests that came before it.
            remover.now(id);
            removed = true;
            try {
                attachment.close();
            } catch (IOException e) {
                LOG.debug("The streams of container {} did not close", id, e);
            }
        }
    }

    /** Drops output until the removal: the engine does not remove a container whose output is not taken. */
    private void dropOutput() {
        byte[] dropped = new byte[BUFFER_BYTES];
        try {
            int count = 0;
            while (!removed && count >= 0) {
                receiving.lock();
                try {
                    count = attachment.receive(dropped, DROP_TIMEOUT_NANOS);
                } finally {
                    receiving.unlock();
                }
            }
        } catch (IOException e) {
            LOG.debug("The streams of container {} broke when it was removed", id, e);
        }
    }
}
