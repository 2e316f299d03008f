package org.junitsandbox.internal.engine;

import java.io.IOException;

/**
 * A running container and its attached streams. It ends and removes itself when its stdin is closed, whatever happens to this
 * process.
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

    /** Sends bytes to the container's stdin, in order, without waiting. They must not be changed afterwards. */
    void send(byte[] bytes);

    /** Hands on the container's output until it ends, which is when this returns. */
    void receive(FrameSink sink) throws IOException;

    /** Looks at the container, within a second. */
    State state();

    /** Closes the streams and makes sure that the container is removed. May be called more than once. */
    @Override
    void close();
}
