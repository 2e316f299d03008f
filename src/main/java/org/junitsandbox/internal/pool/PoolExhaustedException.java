package org.junitsandbox.internal.pool;

/** All containers that may live at once are in use, and none comes back. The message tells who waits for whom. */
public final class PoolExhaustedException extends Exception {

    private static final long serialVersionUID = 1L;

    PoolExhaustedException(String message) {
        super(message);
    }
}
