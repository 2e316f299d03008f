package org.junitsandbox.internal.engine;

import org.jspecify.annotations.Nullable;

/** An engine could not do what it was asked for. The message is written for users. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1;

    /** What was at fault. */
    public enum Fault {
        /** No engine answers. */
        UNAVAILABLE,
        /** The image is missing, or cannot be obtained, or cannot be used. */
        IMAGE,
        /** The image that a container was to be made of is no longer there. */
        IMAGE_GONE,
        /** The engine refused, failed or did not answer in time. */
        ENGINE,
        /** The engine allows no more containers than there are, as with a quota. */
        NO_ROOM,
        /** Nothing: the calling thread was interrupted, and its interrupt status is set. */
        INTERRUPTED
    }

    private final Fault fault;

    public EngineException(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** Returns the exception of an engine that cannot be used. */
    public static EngineException unavailable(String message, @Nullable Throwable cause) {
        return new EngineException(Fault.UNAVAILABLE, message, cause);
    }

    /** Whether a failure is that the engine allows no more containers. */
    public static boolean isForWantOfRoom(Throwable failure) {
        return failure instanceof EngineException e && e.fault == Fault.NO_ROOM;
    }

    public Fault fault() {
        return fault;
    }
}
