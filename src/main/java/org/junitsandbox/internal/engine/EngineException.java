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

    public Fault fault() {
        return fault;
    }
}
