package org.junitsandbox.shell;

import java.time.Instant;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;

/** The images of the engine that makes them, where they are known by their ids. */
record LocalRepository(ImageStore store) implements ImageRepository {

    private static final String NAME_PREFIX = "junit-sandbox/";

    @Override
    public ImageTag tag(String kind, String hash, String declaration) {
        return new ImageTag(NAME_PREFIX + kind + ":" + hash, declaration);
    }

    @Override
    public Optional<String> find(ImageTag tag) throws EngineException {
        return store.find(tag.name());
    }

    @Override
    public Optional<String> findAgain(ImageTag tag) throws EngineException {
        return find(tag);
    }

    /** They are all there. */
    @Override
    public void bring(String image) {}

    @Override
    public Instant madeAt(String image) throws EngineException {
        return store.madeAt(image);
    }

    @Override
    public String keep(ImageTag tag, String id) {
        store.removeReplaced(tag, id);
        return id;
    }
}
