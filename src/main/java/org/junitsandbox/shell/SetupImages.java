package org.junitsandbox.shell;

import java.util.List;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images that set-up commands make. */
final class SetupImages {

    private static final Logger LOG = LoggerFactory.getLogger(SetupImages.class);

    private static final String KIND = "setup";

    /** Part of the hash. To be raised when set-up commands come to run in another way. */
    private static final String VERSION = "3";

    /** What a sandbox mounts there takes over the mode, and its user must be able to write. */
    private static final String OPEN_PLACES =
            "for place in /work /tmp; do [ ! -d $place ] || \\command chmod 1777 $place; done";

    private final ContainerEngine engine;
    private final ImageStore store;
    private final ImageRepository repository;

    /**
     * @param engine runs the commands
     * @param store its images
     * @param repository where those are kept that are made
     */
    SetupImages(ContainerEngine engine, ImageStore store, ImageRepository repository) {
        this.engine = engine;
        this.store = store;
        this.repository = repository;
    }

    /**
     * Returns the image that the set-up commands of {@code spec} make, as engines name it; they run if there is none
     * yet.
     *
     * @param base the image that they add to: its id, or its name in the repository
     */
    String imageFor(SandboxSpec spec, String base) throws EngineException {
        ContentHash hash = new ContentHash().add(VERSION).add(base).add(spec.shell());
        spec.setup().forEach(hash::add);
        ContentHash declaration = new ContentHash().add(spec.base().toString()).add(spec.shell());
        spec.setup().forEach(declaration::add);
        ImageTag tag = repository.tag(KIND, hash.toHex(), declaration.toHex());
        return new MadeImages(repository).image(tag, spec.setupMaxAge(), afresh -> make(spec, base, tag));
    }

    private String make(SandboxSpec spec, String base, ImageTag tag) throws EngineException {
        repository.bring(base);
        LOG.info("Setting up {} as {}", ImageDescription.of(spec), tag.name());
        ReadyContainer container = ReadyContainer.start(engine, SandboxConfig.forSetup(spec, base), "/");
        Session session = new Session(spec, container, List.of(), new Removed(container));
        try {
            SetupRun run = new SetupRun(session);
            run.run("export DEBIAN_FRONTEND=noninteractive");
            for (String command : spec.setup()) {
                run.run(command);
            }
            run.run(OPEN_PLACES);
            return store.commit(container.container(), tag);
        } finally {
            session.close();
        }
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
