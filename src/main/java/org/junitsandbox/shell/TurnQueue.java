package org.junitsandbox.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Turns of threads, in the order of asking. A turn can be asked for by one thread and awaited by another. Safe for use
 * by several threads.
 */
final class TurnQueue {

    /** The present turn and those to come. Guarded by this. */
    private final Deque<Turn> turns = new ArrayDeque<>();

    /** A place in the queue, to be ended in any case. */
    static final class Turn {

        /** Null until the turn has come. Guarded by the queue. */
        private @Nullable Thread holder;
    }

    /** Asks for a turn after all that were asked for before. */
    synchronized Turn ask() {
        Turn turn = new Turn();
        turns.add(turn);
        return turn;
    }

    /** Waits until a turn has come, for the calling thread. */
    synchronized void await(Turn turn) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (turns.peek() != turn) {
            wait();
        }
        turn.holder = Thread.currentThread();
    }

    /** Ends a turn, whether it has come or not. */
    synchronized void end(Turn turn) {
        turns.remove(turn);
        notifyAll();
    }

    /** Whether the present turn is that of the calling thread. */
    synchronized boolean isHeldByCaller() {
        Turn present = turns.peek();
        return present != null && present.holder == Thread.currentThread();
    }

    synchronized boolean isEmpty() {
        return turns.isEmpty();
    }
}
