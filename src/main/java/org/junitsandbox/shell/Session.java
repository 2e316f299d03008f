package org.junitsandbox.shell;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.protocol.SupervisorClient;
import org.junitsandbox.internal.protocol.SupervisorException;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.SandboxSpec;

/**
 * One container and the conversation with it, from start to removal. One request at a time; {@link #close} at any time.
 */
final class Session {

    /** Where commands start: writable in every profile. */
    static final String WORK = "/work";

    /** For a command of the library's own: copying one block, looking at a file. */
    private static final Duration OWN_TIME_LIMIT = Duration.ofMinutes(5);

    /** Of a command of the library's own, bytes per stream: error messages. */
    private static final long OWN_OUTPUT_LIMIT = 64 * 1024;

    private final SandboxSpec spec;
    private final AttachedContainer container;
    private final SupervisorClient conversation;
    private final List<String> limitWarnings;
    private final Runnable remover;
    private @Nullable String lost;

    /**
     * @param limitWarnings what of its limits does not hold
     * @param remover has the container removed, without waiting for that
     */
    Session(SandboxSpec spec, ReadyContainer ready, List<String> limitWarnings, Runnable remover) {
        this.spec = spec;
        this.container = ready.container();
        this.conversation = ready.conversation();
        this.limitWarnings = limitWarnings;
        this.remover = remover;
    }

    SandboxSpec spec() {
        return spec;
    }

    List<String> limitWarnings() {
        return limitWarnings;
    }

    /**
     * Asks the container and waits for the reply.
     *
     * @param what what is asked, for messages: "run `ls`"
     */
    Reply ask(String what, CommandRequest request) {
        if (lost != null) {
            throw new SandboxLostException(
                    "Cannot " + what + ", as the sandbox was lost before: " + lost + " reset() gives a new one.",
                    null,
                    Output.NOTHING,
                    Output.NOTHING);
        }
        try {
            return conversation.run(request);
        } catch (SupervisorException e) {
            switch (e.reason()) {
                case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    throw new SandboxInterruptedException(
                            "Interrupted while it was to " + what + "; all processes of the sandbox were killed", e);
                }
                case INPUT_NOT_STORED -> throw new TransferException(
                        "Cannot " + what + ": " + e.getMessage() + ", where commands may have left data, too", e);
                default -> throw lost(what, e);
            }
        }
    }

    /** Asks with a command of the library's own. A time limit that ends it is an exception here. */
    Reply askOwn(String what, String text) {
        return askOwn(what, CommandRequest.ofLibrary(text, OWN_TIME_LIMIT, OWN_OUTPUT_LIMIT));
    }

    /** The same, with all output going to a listener. */
    Reply askOwn(String what, String text, StreamSink listener) {
        return askOwn(what, CommandRequest.ofLibrary(text, OWN_TIME_LIMIT, 0).withListener(listener));
    }

    /** The same, with input, and with that of the next request if it is known. */
    Reply askOwn(String what, String text, byte @Nullable [] input, byte @Nullable [] nextInput) {
        return askOwn(
                what,
                CommandRequest.ofLibrary(text, OWN_TIME_LIMIT, OWN_OUTPUT_LIMIT)
                        .withInput(input)
                        .withNextInput(nextInput));
    }

    private Reply askOwn(String what, CommandRequest request) {
        Reply reply = ask(what, request);
        if (reply.ending() != Reply.Ending.COMMAND_ENDED) {
            throw new TransferException(
                    "Could not " + what + ": its shell " + (reply.ending() == Reply.Ending.TIMED_OUT
                            ? "did not finish within " + Units.describe(OWN_TIME_LIMIT) + "; all processes were killed"
                            : "ended meanwhile"),
                    null);
        }
        return reply;
    }

    /** Has the container removed; what is asked afterwards finds the sandbox lost. */
    void close(String reason) {
        lost = reason;
        remover.run();
    }

    /** Has the container removed. A request under way finds the connection broken. */
    void close() {
        remover.run();
    }

    private SandboxLostException lost(String what, SupervisorException e) {
        boolean silent = e.reason() == SupervisorException.Reason.SILENT;
        AttachedContainer.State state = silent || e.reason() == SupervisorException.Reason.DISCONNECTED
                ? container.state()
                : AttachedContainer.State.RUNNING;
        lost = switch (state) {
            case ENDED ->
                "container " + container.id()
                        + " has ended; it was killed or removed from outside, its main process was,"
                        + " or its connection was cut.";
            case ENGINE_UNREACHABLE ->
                silent
                        ? e.getMessage() + ", and the container engine does not answer either (container "
                                + container.id() + ")."
                        : "the container engine went away (container " + container.id() + ").";
            case RUNNING -> e.getMessage() + " (container " + container.id() + ").";
        };
        remover.run();
        return new SandboxLostException(
                "The sandbox was lost while it was to " + what + ": " + lost,
                e,
                new Output(e.stdout()),
                new Output(e.stderr()));
    }
}
