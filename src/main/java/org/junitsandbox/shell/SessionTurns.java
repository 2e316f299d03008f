package org.junitsandbox.shell;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers use a shell's session one at a time, in the order of asking, until the shell is closed. Safe for use by
 * several threads.
 */
final class SessionTurns {

    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile Session session;
    private volatile boolean closed;

    SessionTurns(Session first) {
        this.session = first;
    }

    /** The present session, without waiting for a turn. */
    Session session() {
        return session;
    }

    /** Waits for a turn and uses the session. */
    <T> T take(Activity activity, Function<Session, T> use) {
        checkNotReentered(activity);
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException("Interrupted while waiting to " + activity, e);
        }
        try {
            checkOpen(activity);
            return whileOpen(activity, use);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Waits for a turn, closes the session and puts another one in its place.
     *
     * @param reason why later requests find the session lost if {@code other} fails: a sentence
     */
    void replace(Activity activity, String reason, Supplier<Session> other) {
        take(activity, current -> {
            current.closeForNext(reason);
            Session fresh = other.get();
            session = fresh;
            if (closed) {
                fresh.close();
            }
            return fresh;
        });
    }

    /** A turn would come when the present one ends, which it never does while its own thread waits. */
    void checkNotReentered(Activity activity) {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("Cannot " + activity + " now: this thread is in the middle of another call"
                    + " on the same shell. An OutputListener, or a stream that is copied, cannot use its shell, except to"
                    + " close it.");
        }
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen(Activity activity) {
        if (closed) {
            throw closedException("Cannot " + activity + ": the shell is closed", null);
        }
    }

    /**
     * Closes the session. A caller that is using it gets an exception.
     *
     * @param before what to do between the last turn and that
     */
    void close(Runnable before) {
        closed = true;
        before.run();
        session.close();
    }

    /** A failure because the shell was closed has that as its reason. */
    private <T> T whileOpen(Activity activity, Function<Session, T> use) {
        try {
            return use.apply(session);
        } catch (SandboxLostException | IllegalStateException e) {
            if (closed) {
                throw closedException("The shell was closed while " + activity.ongoing(), e);
            }
            throw e;
        }
    }

    private static IllegalStateException closedException(String what, @Nullable Throwable cause) {
        return new IllegalStateException(
                what + ". A shell that JUnit opened is closed when its test or its class ends.", cause);
    }
}
