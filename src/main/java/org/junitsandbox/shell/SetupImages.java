package org.junitsandbox.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images that set-up commands make. */
final class SetupImages {

    private static final Logger LOG = LoggerFactory.getLogger(SetupImages.class);

    private static final String NAME_PREFIX = "junit-sandbox/setup:";

    /** Part of the hash. To be raised when set-up commands come to run in another way. */
    private static final String VERSION = "3";

    /** What a sandbox mounts there takes over the mode, and its user must be able to write. */
    private static final String OPEN_PLACES =
            "for place in /work /tmp; do [ ! -d $place ] || \\command chmod 1777 $place; done";

    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(15);

    private static final long MAX_OUTPUT_BYTES = 8 << 20;

    private final ContainerEngine engine;
    private final ImageStore store;

    SetupImages(ContainerEngine engine, ImageStore store) {
        this.engine = engine;
        this.store = store;
    }

    /**
     * Returns the id of the image that the set-up commands of {@code spec} make; they run if there is none yet.
     *
     * @param base the id of the image that they add to
     */
    String imageFor(SandboxSpec spec, String base) throws EngineException {
        ContentHash hash = new ContentHash().add(VERSION).add(base).add(spec.shell());
        spec.setup().forEach(hash::add);
        String name = NAME_PREFIX + hash.toHex();
        Optional<String> found = store.find(name);
        return found.isPresent() ? found.get() : make(spec, base, name);
    }

    private String make(SandboxSpec spec, String base, String name) throws EngineException {
        LOG.info("Setting up {} as {}", ImageDescription.of(spec), name);
        ReadyContainer container = ReadyContainer.start(engine, SandboxConfig.forSetup(spec, base), "/");
        Session session = new Session(spec, container, List.of(), new Removed(container));
        try {
            run(session, "export DEBIAN_FRONTEND=noninteractive");
            for (String command : spec.setup()) {
                run(session, command);
            }
            run(session, OPEN_PLACES);
            return store.commit(container.container(), name);
        } finally {
            session.close();
        }
    }

    private static void run(Session session, String command) {
        Reply reply = session.ask(
                Activity.settingUp(command),
                CommandRequest.ofUser(command, COMMAND_TIMEOUT, MAX_OUTPUT_BYTES));
        boolean ended = reply.ending() == Reply.Ending.COMMAND_ENDED;
        if (ended && reply.status().orElseThrow() == 0) {
            return;
        }
        String how = reply.ending() == Reply.Ending.TIMED_OUT
                ? "timed out after " + Units.describe(COMMAND_TIMEOUT)
                : (ended ? "failed with exit code " : "ended its shell with exit code ")
                        + (reply.status().isPresent() ? reply.status().getAsInt() : "unknown");
        throw new ImageException(
                "The setup command `" + command + "` " + how + " on " + ImageDescription.of(session.spec())
                        + ". Its network was " + network(session.spec())
                        + ".\nIts stdout ends with:" + tail(new Output(reply.stdout()).text())
                        + "\nIts stderr ends with:" + tail(new Output(reply.stderr()).text()),
                null);
    }

    private static String network(SandboxSpec spec) {
        return spec.setupNetwork() == null
                ? "the engine's default (another one is set by " + SandboxSpec.SETUP_NETWORK_PROPERTY + ")"
                : spec.setupNetwork();
    }

    private static String tail(String text) {
        return text.isEmpty() ? " (nothing)" : Tail.of(text).lines();
    }

    /** The container is not out of a pool, so that it is removed in any case. */
    private record Removed(ReadyContainer container) implements Session.Loan {

        @Override
        public void giveBack(boolean isNextTaken) {
            discard();
        }

        @Override
        public void discard() {
            container.container().close();
        }

        @Override
        public boolean isPoolClosed() {
            return false;
        }
    }
}
