package org.junitsandbox.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/**
 * An engine that makes images, and where they are kept.
 *
 * @param engine runs set-up commands
 * @param store its images
 * @param repository where those are kept that are made
 */
record ImageMaker(ContainerEngine engine, ImageStore store, ImageRepository repository) {

    /** Those that publish, by their repositories. */
    private static final Map<String, ImageMaker> PUBLISHING = new ConcurrentHashMap<>();

    /** Whether the image of a spec has to be made. */
    static boolean isNeeded(SandboxSpec spec) {
        return spec.base() instanceof Base.Dockerfile || !spec.setup().isEmpty();
    }

    /** Returns one whose images its own engine uses. */
    static ImageMaker local(ContainerEngine engine, ImageStore store) {
        return new ImageMaker(engine, store, new LocalRepository(store));
    }

    /**
     * Returns one whose images another engine pulls from a repository.
     *
     * @throws EngineException if there is no Docker engine that could make them
     */
    static ImageMaker publishing(String repository) throws EngineException {
        ContainerEngine engine;
        try {
            engine = EngineProvider.named(EngineChoice.DEFAULT_NAME).engine(Map.of());
        } catch (EngineException e) {
            throw new EngineException(
                    e.fault() == Fault.INTERRUPTED ? e.fault() : Fault.IMAGE,
                    "A Docker engine has to make it, and to push it to " + repository + " ("
                            + EngineChoice.REGISTRY_PROPERTY + "). " + e.getMessage(),
                    e.getCause());
        }
        return PUBLISHING.computeIfAbsent(repository, name -> {
            ImageStore store = engine.images().orElseThrow();
            return new ImageMaker(engine, store, new RemoteRepository(store, name));
        });
    }

    /** Returns the image that the sandboxes of {@code spec} start from, as engines name it. */
    String imageFor(SandboxSpec spec) throws EngineException {
        String base = new BaseImages(store, repository).imageFor(spec);
        return spec.setup().isEmpty() ? base : new SetupImages(engine, store, repository).imageFor(spec, base);
    }
}
