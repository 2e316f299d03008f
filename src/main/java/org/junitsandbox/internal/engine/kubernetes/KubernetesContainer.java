package org.junitsandbox.internal.engine.kubernetes;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.stream.StreamSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container of a pod, and its streams. */
final class KubernetesContainer implements AttachedContainer {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesContainer.class);

    private final String pod;
    private final PodAttachment streams;
    private final boolean isCutOff;
    private final PodProbe probe;
    private final Runnable removal;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param isCutOff whether a policy denies it the network, and was found to be enforced
     * @param removal has the pod deleted
     */
    KubernetesContainer(
            String pod, PodAttachment streams, boolean isCutOff, PodProbe probe, Runnable removal) {
        this.pod = pod;
        this.streams = streams;
        this.isCutOff = isCutOff;
        this.probe = probe;
        this.removal = removal;
    }

    /** Returns the name of the pod. */
    @Override
    public String id() {
        return pod;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        streams.send(bytes);
    }

    @Override
    public boolean receive(long timeoutNanos, StreamSink sink) throws IOException {
        return streams.receive(timeoutNanos, sink);
    }

    @Override
    public boolean isCutOff() {
        return isCutOff;
    }

    @Override
    public State state() {
        return probe.state(pod);
    }

    @Override
    public String endReason() {
        return probe.endReason(pod);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                // The container ends by that, whatever becomes of the deletion.
                streams.close();
            } catch (IOException e) {
                LOG.debug("The streams of pod {} did not close", pod, e);
            }
            removal.run();
        }
    }
}
