package org.junitsandbox.internal.protocol;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.Sync;
import org.junitsandbox.internal.text.Units;

/** Waits for the end of commands, and ends those that reach a limit. */
final class CommandWait {

    /** The id of the last ping before one is sent. It counts as answered. */
    private static final long NO_PING = -1;

    private final SupervisorChannel channel;
    private final SupervisorReplies replies;
    private final WorkerShell shell;
    private final LongSupplier ids;

    /**
     * @param ids gives the id of each request
     */
    CommandWait(SupervisorChannel channel, SupervisorReplies replies, WorkerShell shell, LongSupplier ids) {
        this.channel = channel;
        this.replies = replies;
        this.shell = shell;
        this.ids = ids;
    }

    /**
     * Waits for the end of a command.
     *
     * @param start when it was sent, by {@link System#nanoTime}
     * @return which limit came first, if one did; everything was killed then
     */
    Optional<Ending> forEnd(PendingReply pending, CommandRequest request, long start) throws SupervisorException {
        long limitNanos = TimeUnit.NANOSECONDS.convert(request.timeLimit());
        Heartbeat heartbeat = new Heartbeat(System.nanoTime());
        long lastPing = NO_PING;
        while (!pending.hasEnded()) {
            channel.checkAlive();
            long now = System.nanoTime();
            Heartbeat.Step step =
                    heartbeat.next(now, replies.hasPong(lastPing), pending.hasShellEnded(), replies.lastReceived());
            if (step == Heartbeat.Step.SHELL_ENDED) {
                replies.shellStarted();
                break;
            }
            if (now - start >= limitNanos) {
                kill();
                return Optional.of(Ending.TIMED_OUT);
            }
            if (isToEnd(pending, request)) {
                break;
            }
            if (step == Heartbeat.Step.SILENT) {
                throw channel.fail(
                        Reason.SILENT,
                        "it sent nothing for " + Units.describe(Heartbeat.SILENCE_TIMEOUT),
                        null);
            }
            if (step == Heartbeat.Step.SEND_PING) {
                lastPing = ids.getAsLong();
                // A command of the library's own goes on where the worker was killed, which a ping would not let it.
                channel.send(request.isOfLibrary() ? new Sync(lastPing) : new Ping(lastPing));
            }
            channel.receive(Math.min(limitNanos - (now - start), heartbeat.nanosToNextStep(now)));
            if (!pending.hasEnded() && Thread.interrupted()) {
                kill();
                throw channel.exception(Reason.INTERRUPTED, "the waiting thread was interrupted", null);
            }
        }
        // Also where its end came in the same moment: how much it wrote is to decide, and not how quickly it ended.
        if (isToEnd(pending, request)) {
            kill();
            return Optional.of(Ending.OUTPUT_EXCEEDED);
        }
        return Optional.empty();
    }

    private static boolean isToEnd(PendingReply pending, CommandRequest request) {
        return request.endsAtOutputLimit() && pending.isTruncated();
    }

    /** Has every process killed, and a new worker started. */
    void kill() throws SupervisorException {
        Kill kill = new Kill(ids.getAsLong());
        channel.send(kill);
        channel.awaitAnswer(
                () -> replies.hasKilled(kill.id()), Heartbeat.SILENCE_TIMEOUT, "it did not kill its processes");
        replies.shellStarted();
        shell.restart();
    }
}
