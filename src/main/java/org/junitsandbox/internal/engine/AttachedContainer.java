package org.junitsandbox.internal.engine;

import org.junitsandbox.internal.stream.StreamConnection;

/**
 * A running container and its attached streams. It ends and removes itself when its stdin is closed, whatever happens
 * to this process. One thread at a time may send and receive; any may close.
 */
public interface AttachedContainer extends StreamConnection, AutoCloseable {

    /** What can be found out about a container whose streams have ended. */
    enum State {
        RUNNING,
        ENDED,
        /** The engine does not answer, so nothing is known. */
        ENGINE_UNREACHABLE
    }

    String id();

    /**
     * Finds out whether the container has ended. A container that runs gets some seconds to end by itself; an engine
     * that does not answer, less than two.
     */
    State state();

    /**
     * Whether the engine has denied the container, from outside, all traffic between its interfaces and others, and has
     * seen that this has an effect. The kernel in the container still reports those interfaces.
     */
    default boolean isCutOff() {
        return false;
    }

    /** Returns why a container has ended, as its engine reports it; empty if it does not. */
    default String endReason() {
        return "";
    }

    /** Closes the streams and makes sure that the container is removed. May be called more than once. */
    @Override
    void close();
}
