package org.junitsandbox.internal.stream;

import java.io.IOException;

/** The standard streams of a container. One thread at a time may send and receive. */
public interface StreamConnection {

    /** Sends bytes to the container's stdin. An interrupt does not disturb it. They must not be changed afterwards. */
    void send(byte[] bytes) throws IOException;

    /**
     * Waits for output and hands on what has come. An interrupt ends the wait and stays set.
     *
     * @param timeoutNanos how long to wait, in nanoseconds; 0 not to wait
     * @param sink takes the output, during this call only
     * @return false if the streams have ended
     */
    boolean receive(long timeoutNanos, StreamSink sink) throws IOException;
}
