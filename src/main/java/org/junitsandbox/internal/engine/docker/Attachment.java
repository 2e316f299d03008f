package org.junitsandbox.internal.engine.docker;

import java.io.Closeable;
import java.io.IOException;
import org.junitsandbox.internal.engine.AttachedContainer;

/** The attached streams of a container as one connection, raw: stdin one way, frames the other. */
interface Attachment extends Closeable {

    /** See {@link AttachedContainer#send}. */
    void send(byte[] bytes) throws IOException;

    /**
     * Waits for bytes. An interrupt ends the wait and stays set.
     *
     * @param timeoutNanos how long to wait; 0 not to wait
     * @return how many bytes are now in {@code buffer}, 0 if none came in time, -1 at the end
     */
    int receive(byte[] buffer, long timeoutNanos) throws IOException;
}
