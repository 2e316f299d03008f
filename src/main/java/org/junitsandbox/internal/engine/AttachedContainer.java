package org.junitsandbox.internal.engine;

import java.io.IOException;

/**
 * A running container and its attached streams. It ends and removes itself when its stdin is closed, whatever happens
 * to this process. One thread at a time may send and receive; any may close.
 */
public interface AttachedContainer extends AutoCloseable {

    /** Receives what a stream brought; the bytes are only valid during the call. */
    @FunctionalInterface
    interface FrameSink {
        void frame(boolean stderr, byte[] bytes, int offset, int length);
    }

    /** What can be found out about a container whose streams have ended. */
    enum State {
        RUNNING,
        ENDED,
        /** The engine does not answer, so nothing is known. */
        ENGINE_UNREACHABLE
    }

    String id();

    /** Sends bytes to the container's stdin. An interrupt does not disturb it. They must not be changed afterwards. */
    void send(byte[] bytes) throws IOException;

    /**
     * Waits for output and hands on what has come. An interrupt ends the wait and stays set.
     *
     * @param timeoutNanos how long to wait; 0 not to wait
     * @return false if the streams have ended
     */
    boolean receive(long timeoutNanos, FrameSink sink) throws IOException;

    /** Finds out whether the container has ended, within two seconds. */
    State state();

    /** Closes the streams and makes sure that the container is removed. May be called more than once. */
    @Override
    void close();
}
