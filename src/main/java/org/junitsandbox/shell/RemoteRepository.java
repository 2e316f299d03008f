package org.junitsandbox.shell;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;

/**
 * A repository of a registry, from which another engine than the one that makes images pulls them. They are known by
 * their digests: nobody can put another image in the place of one that was found or made. Safe for use by several
 * threads.
 */
final class RemoteRepository implements ImageRepository {

    private final ImageStore store;
    private final String name;

    /** What the registry was found to have, by names with tags: it is asked once for each that is there. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** What the images are made for; null until it is needed. */
    private volatile @Nullable String platform;

    /**
     * @param store the images of the engine that makes them
     * @param name the registry's address and a path
     */
    RemoteRepository(ImageStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /**
     * All images share the one repository, as some registries have each of them made by hand. Machines of different
     * platforms share it, too.
     */
    @Override
    public ImageTag tag(String kind, String hash, String declaration) throws EngineException {
        return new ImageTag(
                name + ":" + kind + "-"
                        + new ContentHash().add(platform()).add(hash).toHex(),
                new ContentHash().add(name).add(declaration).toHex());
    }

    private String platform() throws EngineException {
        String found = platform;
        if (found == null) {
            found = store.platform();
            platform = found;
        }
        return found;
    }

    @Override
    public Optional<String> find(ImageTag tag) throws EngineException {
        String before = known.get(tag.name());
        if (before != null) {
            return Optional.of(before);
        }
        Optional<String> found = store.published(tag.name());
        found.ifPresent(image -> known.put(tag.name(), image));
        return found;
    }

    @Override
    public Optional<String> findAgain(ImageTag tag) throws EngineException {
        known.remove(tag.name());
        return find(tag);
    }

    /** One that this or another machine has made before may be in the registry only. */
    @Override
    public void bring(String image) throws EngineException {
        if (store.find(image).isEmpty()) {
            store.pull(image);
        }
    }

    @Override
    public Instant madeAt(String image) throws EngineException {
        bring(image);
        return store.madeAt(image);
    }

    /** What was replaced stays in the registry: other machines may use it. */
    @Override
    public String keep(ImageTag tag, String id) throws EngineException {
        String image = publish(tag.name());
        known.put(tag.name(), image);
        store.removeReplaced(tag, id);
        return image;
    }

    private String publish(String image) throws EngineException {
        try {
            return store.publish(image);
        } catch (EngineException e) {
            if (e.fault() == Fault.INTERRUPTED || known.containsKey(image)) {
                throw e;
            }
            // Another machine was quicker, and the registry lets nobody push to the same name again.
            return pushedByAnother(image, e).orElseThrow(() -> e);
        }
    }

    private Optional<String> pushedByAnother(String image, EngineException refusal) throws EngineException {
        try {
            return store.published(image);
        } catch (EngineException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw e;
            }
            refusal.addSuppressed(e);
            return Optional.empty();
        }
    }
}
