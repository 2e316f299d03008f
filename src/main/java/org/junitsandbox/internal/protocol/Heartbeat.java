package org.junitsandbox.internal.protocol;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Decides when the supervisor is to be pinged while a command runs, and when it has been silent for too long. It only
 * computes: times are arguments, in terms of {@link System#nanoTime}. Not safe for use by several threads.
 */
final class Heartbeat {

    /** How long the supervisor may be silent while an answer is due. */
    static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(20);

    /** After this time a command's shell is looked after: it may have been killed without a message. */
    static final long FIRST_PING_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static final long PING_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SILENCE_TIMEOUT_NANOS = SILENCE_TIMEOUT.toNanos();

    /** What is to be done now. */
    enum Step {
        WAIT,
        SEND_PING,
        /** The shell has ended, and all that the command wrote is there. */
        SHELL_ENDED,
        /** The supervisor does not answer any more. */
        SILENT
    }

    private long nextStepTime;
    private long lastPingTime;

    /** Whether a ping was sent since the end of the shell became known. Its answer comes after all output. */
    private boolean probing;

    /**
     * @param now when the command started
     */
    Heartbeat(long now) {
        nextStepTime = now + FIRST_PING_DELAY_NANOS;
    }

    /**
     * Decides what to do next; a ping is taken to be sent then.
     *
     * @param answered whether the last ping was answered, or none was sent yet
     * @param shellEnded whether the shell is known to have ended, but not the command
     * @param lastReceived when something last came from the supervisor
     */
    Step next(long now, boolean answered, boolean shellEnded, long lastReceived) {
        if (!shellEnded) {
            probing = false;
        } else if (!probing) {
            probing = true;
            return ping(now);
        } else if (answered) {
            return Step.SHELL_ENDED;
        }
        if (!answered && now - lastPingTime > SILENCE_TIMEOUT_NANOS && now - lastReceived > SILENCE_TIMEOUT_NANOS) {
            return Step.SILENT;
        }
        if (now - nextStepTime < 0) {
            return Step.WAIT;
        }
        nextStepTime = now + PING_INTERVAL_NANOS;
        return answered ? ping(now) : Step.WAIT;
    }

    /** Returns for how long nothing is to be done unless something comes. */
    long nanosToNextStep(long now) {
        return nextStepTime - now;
    }

    private Step ping(long now) {
        lastPingTime = now;
        nextStepTime = now + PING_INTERVAL_NANOS;
        return Step.SEND_PING;
    }
}
