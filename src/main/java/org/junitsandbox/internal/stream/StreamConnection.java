package org.junitsandbox.internal.stream;

import java.io.IOException;
import org.junitsandbox.internal.protocol.SupervisorClient;

/** The streams of a container, as a {@link SupervisorClient} needs them. */
public interface StreamConnection {

    /** Receives what a stream brought; the bytes are only valid during the call. */
    @FunctionalInterface
    interface Sink {
        void received(StandardStream stream, byte[] bytes, int offset, int length);
    }

    /** Sends bytes to the container's stdin. An interrupt does not disturb it. They must not be changed afterwards. */
    void send(byte[] bytes) throws IOException;

    /**
     * Waits for output and hands on what has come. An interrupt ends the wait and stays set.
     *
     * @param timeoutNanos how long to wait; 0 not to wait
     * @return false if the streams have ended
     */
    boolean receive(long timeoutNanos, Sink sink) throws IOException;
}
