package org.junitsandbox.shell;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers use a shell's session one at a time, in the order of asking, until the shell is closed. Safe for use by
 * several threads.
 */
final class SessionTurns {

    private final TurnQueue queue = new TurnQueue();
    private final TranscriptRecorder recorder;
    private volatile Session session;
    private volatile boolean closed;

    /**
     * @param recorder knows the secrets of the sandbox, which messages of exceptions do not show
     */
    SessionTurns(Session first, TranscriptRecorder recorder) {
        this.session = first;
        this.recorder = recorder;
    }

    TranscriptRecorder recorder() {
        return recorder;
    }

    /** The present session, without waiting for a turn. */
    Session session() {
        return session;
    }

    /** Whether somebody has a turn, or waits for one. */
    boolean areTaken() {
        return !queue.isEmpty();
    }

    /** Asks for a turn, to be taken or ended. */
    TurnQueue.Turn ask() {
        return queue.ask();
    }

    void end(TurnQueue.Turn turn) {
        queue.end(turn);
    }

    /** Waits for a turn and uses the session. */
    <T> T take(Activity activity, Function<Session, T> use) {
        checkNotReentered(activity);
        return take(ask(), activity, use);
    }

    /** Waits for a turn that was asked for, uses the session and ends the turn. */
    <T> T take(TurnQueue.Turn turn, Activity activity, Function<Session, T> use) {
        try {
            queue.await(turn);
            checkOpen(activity);
            return whileOpen(activity, use);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException(masked("Interrupted while waiting to " + activity), e);
        } catch (SandboxException e) {
            e.mask(this::masked);
            throw e;
        } finally {
            queue.end(turn);
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
        if (queue.isHeldByCaller()) {
            throw new IllegalStateException(masked("Cannot " + activity + " now: this thread is in the middle of"
                    + " another call on the same shell. An OutputListener, or a stream that is copied, cannot use its"
                    + " shell, except to close it."));
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

    private IllegalStateException closedException(String what, @Nullable Throwable cause) {
        return new IllegalStateException(
                masked(what + ". A shell that JUnit opened is closed when its test or its class ends."), cause);
    }

    /** Returns a message without the secrets of the sandbox that are known by now. */
    String masked(String message) {
        return recorder.masked(List.of(message)).get(0);
    }
}
