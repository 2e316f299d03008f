package org.junitsandbox.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.protocol.Connection;
import org.junitsandbox.internal.protocol.Conversation;
import org.junitsandbox.internal.protocol.ConversationException;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.protocol.Request;
import org.junitsandbox.internal.protocol.StreamName;
import org.junitsandbox.internal.protocol.Supervisor;

/** One container and the conversation with it, from start to removal. One request at a time; {@link #close} at any time. */
final class Session {

    /** Where commands start: writable in every profile. */
    static final String WORK = "/work";

    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** For a command of the library's own: copying one block, looking at a file. */
    private static final Duration OWN_TIME_LIMIT = Duration.ofMinutes(5);

    /** Of a command of the library's own, bytes per stream: error messages. */
    private static final long OWN_OUTPUT_LIMIT = 64 * 1024;

    private final SandboxSpec spec;
    private final AttachedContainer container;
    private final Conversation conversation;
    private @Nullable String lost;

    private Session(SandboxSpec spec, AttachedContainer container, String home) {
        this.spec = spec;
        this.container = container;
        this.conversation = new Conversation(new Streams(container), home);
    }

    /** The container's streams in the conversation's terms. */
    private record Streams(AttachedContainer container) implements Connection {
        @Override
        public void send(byte[] bytes) throws IOException {
            container.send(bytes);
        }

        @Override
        public boolean receive(long timeoutNanos, Sink sink) throws IOException {
            return container.receive(timeoutNanos, (stderr, bytes, offset, length) ->
                    sink.received(stderr ? StreamName.STDERR : StreamName.STDOUT, bytes, offset, length));
        }
    }

    static Session open(ContainerEngine engine, SandboxSpec spec) {
        return start(engine, spec, config(SandboxImages.imageFor(engine, spec), spec), WORK);
    }

    static Session start(ContainerEngine engine, SandboxSpec spec, ContainerConfig config, String home) {
        AttachedContainer container;
        try {
            container = engine.start(config);
        } catch (EngineException e) {
            throw Engines.failure("No sandbox from " + SandboxImages.describe(spec) + ": ", e);
        }
        Session session = new Session(spec, container, home);
        try {
            session.conversation.open(READY_LIMIT);
            return session;
        } catch (ConversationException e) {
            session.close();
            String said = new Output(e.stdout()).text() + new Output(e.stderr()).text();
            throw new SandboxException(
                    "The sandbox from " + SandboxImages.describe(spec) + " did not get ready: " + e.getMessage()
                            + (said.isBlank() ? "" : ". It said: " + said.strip()),
                    e);
        }
    }

    static ContainerConfig config(String image, SandboxSpec spec) {
        Profile profile = spec.profile();
        ResourceLimits limits = spec.limits();
        // A directory that the engine makes is root's: any other user gets a memory file system.
        boolean workInMemory = profile.readOnlyRoot() || !profile.isRoot();
        Map<String, String> tmpfs = new LinkedHashMap<>();
        if (workInMemory) {
            tmpfs.put(WORK, "rw,exec,nosuid,nodev,size=" + limits.workBytes() + ",mode=1777");
        }
        if (profile.readOnlyRoot()) {
            tmpfs.put("/tmp", "rw,exec,nosuid,nodev,size=" + limits.tmpBytes() + ",mode=1777");
        }
        return new ContainerConfig(
                image,
                Supervisor.commandLine(spec.shell(), WORK),
                spec.environment(),
                profile.user(),
                workInMemory ? null : WORK,
                profile.network(),
                tmpfs,
                new ContainerConfig.Isolation(profile.readOnlyRoot(), !profile.capabilities(), !profile.newPrivileges()),
                new ContainerConfig.Resources(
                        limits.memoryBytes(),
                        (long) (limits.cpus() * 1e9),
                        limits.processes(),
                        limits.openFiles(),
                        limits.inputBytes() + (1 << 20)),
                spec.runtime());
    }

    SandboxSpec spec() {
        return spec;
    }

    AttachedContainer container() {
        return container;
    }

    /**
     * Asks the container and waits for the reply.
     *
     * @param what what is asked, for messages: "run `ls`"
     */
    Reply ask(String what, Request request) {
        if (lost != null) {
            throw new SandboxLostException(
                    "Cannot " + what + ", as the sandbox was lost before: " + lost + " reset() gives a new one.",
                    null,
                    Output.NOTHING,
                    Output.NOTHING);
        }
        try {
            return conversation.run(request);
        } catch (ConversationException e) {
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
    Reply askOwn(String what, String text, byte @Nullable [] input, Request.@Nullable Listener listener) {
        long outputLimit = listener == null ? OWN_OUTPUT_LIMIT : 0;
        Reply reply = ask(what, new Request(text, input, OWN_TIME_LIMIT, outputLimit, listener, true));
        if (reply.ending() != Reply.Ending.COMMAND_ENDED) {
            throw new SandboxException(
                    "Could not " + what + ": its shell " + (reply.ending() == Reply.Ending.TIMED_OUT
                            ? "did not finish within " + Units.describe(OWN_TIME_LIMIT) + "; all processes were killed"
                            : "ended meanwhile"),
                    null);
        }
        return reply;
    }

    Reply askOwn(String what, String text) {
        return askOwn(what, text, null, null);
    }

    void close() {
        container.close();
    }

    private SandboxLostException lost(String what, ConversationException e) {
        AttachedContainer.State state =
                e.reason() == ConversationException.Reason.DISCONNECTED ? container.state() : AttachedContainer.State.RUNNING;
        lost = switch (state) {
            case ENDED -> "container " + container.id() + " has ended; it was killed or removed from outside, or its main"
                    + " process was.";
            case ENGINE_UNREACHABLE -> "the container engine went away (container " + container.id() + ").";
            case RUNNING -> e.getMessage() + " (container " + container.id() + ").";
        };
        // The engine may take its time, or may never answer; the caller must not wait for that.
        Thread remover = new Thread(container::close, "sandbox-remover");
        remover.setDaemon(true);
        remover.start();
        return new SandboxLostException(
                "The sandbox was lost while it was to " + what + ": " + lost, e, new Output(e.stdout()), new Output(e.stderr()));
    }
}
