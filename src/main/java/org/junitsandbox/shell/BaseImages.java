package org.junitsandbox.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junitsandbox.internal.engine.BuildContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;

/** The images that specs start from: found, pulled, or built from a Dockerfile. */
final class BaseImages {

    private static final String KIND = "dockerfile";

    /** What this JVM has pulled because of {@link PullPolicy#ALWAYS}. */
    private static final Set<Pulled> PULLED = ConcurrentHashMap.newKeySet();

    /** The folders of Dockerfiles as this JVM has last read them. */
    private static final Map<Path, Read> READ = new ConcurrentHashMap<>();

    private final ImageStore store;
    private final ImageRepository repository;

    /** Hashes of a folder's state and of its content. */
    private record Read(String state, String content) {}

    private record Pulled(ImageStore store, String name) {}

    /**
     * @param store the images of the engine that makes images
     * @param repository where those are kept that are built
     */
    BaseImages(ImageStore store, ImageRepository repository) {
        this.store = store;
        this.repository = repository;
    }

    /** Returns the image that {@code spec} starts from, before its set-up: its id, or its name in the repository. */
    String imageFor(SandboxSpec spec) throws EngineException {
        return spec.base() instanceof Base.Image image
                ? named(image)
                : built(((Base.Dockerfile) spec.base()).path(), spec);
    }

    private String named(Base.Image image) throws EngineException {
        String name = store.localName(image.name());
        if (image.pullPolicy() == PullPolicy.ALWAYS && !PULLED.contains(new Pulled(store, name))) {
            return pulled(name);
        }
        Optional<String> found = store.find(name);
        if (found.isEmpty() && image.pullPolicy() == PullPolicy.NEVER) {
            throw new ImageException(
                    "The engine does not have image " + name + ", and the pull policy NEVER does not allow a pull. Pull"
                            + " the image by hand, or use the policy MISSING.",
                    null);
        }
        return found.isPresent() ? found.get() : pulled(name);
    }

    private String pulled(String name) throws EngineException {
        String id = store.pull(name);
        PULLED.add(new Pulled(store, name));
        return id;
    }

    private String built(Path dockerfile, SandboxSpec spec) throws EngineException {
        BuildContext context = new BuildContext(dockerfile);
        ImageTag tag = repository.tag(
                KIND,
                contentHash(context),
                new ContentHash().add(dockerfile.toString()).toHex());
        return new MadeImages(repository)
                .image(tag, spec.setupMaxAge(), afresh -> store.build(context, tag, spec.setupNetwork(), afresh));
    }

    /** Reads the contents of the files only if one of them may have changed. */
    private static String contentHash(BuildContext context) throws EngineException {
        String state = context.stateHash();
        Read before = READ.get(context.dockerfile());
        if (before != null && before.state().equals(state)) {
            return before.content();
        }
        Read now = new Read(state, context.hash());
        READ.put(context.dockerfile(), now);
        return now.content();
    }
}
