package org.junitsandbox.internal.stream;

import java.io.Closeable;
import java.io.IOException;

/** Bytes one way and the other. One thread at a time may send and receive; any may close. */
public interface ByteConnection extends Closeable {

    /** Sends bytes. An interrupt does not disturb it and stays set. */
    void send(OutgoingBytes bytes) throws IOException;

    /**
     * Waits for bytes. An interrupt ends the wait and stays set.
     *
     * @param timeoutNanos how long to wait; 0 not to wait
     * @return how many bytes are now in {@code buffer}, 0 if none came in time, -1 at the end
     */
    int receive(byte[] buffer, long timeoutNanos) throws IOException;
}
