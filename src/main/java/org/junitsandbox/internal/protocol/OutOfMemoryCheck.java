package org.junitsandbox.internal.protocol;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Finds out whether a command ended because the memory limit killed it: the kernel then counts one kill more. */
final class OutOfMemoryCheck {

    /** Only a command that takes this long can fill memory up to a limit; after it the kills are counted anew. */
    private static final long MIN_COUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int KILLED_STATUS = 128 + 9;

    private final SupervisorChannel channel;
    private final SupervisorReplies replies;
    private long questions;

    OutOfMemoryCheck(SupervisorChannel channel, SupervisorReplies replies) {
        this.channel = channel;
        this.replies = replies;
    }

    /**
     * Returns whether the memory limit killed the command.
     *
     * @param status the command's exit status
     * @param nanos how long it took
     */
    boolean wasKilled(OptionalInt status, long nanos) throws SupervisorException {
        boolean suspect = status.isPresent() && status.getAsInt() == KILLED_STATUS;
        if (!suspect && nanos < MIN_COUNT_NANOS) {
            return false;
        }
        // Answers come in order: one that is not awaited now is in before the next command has ended.
        long killsBefore = replies.outOfMemoryKills();
        long question = ++questions;
        channel.sendAside(new SupervisorRequest.CountOutOfMemoryKills());
        if (!suspect) {
            return false;
        }
        channel.awaitAnswer(
                () -> replies.outOfMemoryAnswers() >= question,
                Heartbeat.SILENCE_TIMEOUT,
                "it did not count the processes killed by the memory limit");
        return replies.outOfMemoryKills() > killsBefore;
    }
}
