package org.junitsandbox.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.SandboxSpec;

/**
 * The images of specs. Each is looked for whenever it is needed, as it may have been removed or replaced since; one
 * that is missing is prepared once, however many tests ask for it at the same time. An image that is made has a hash of
 * everything that went into it in its name, by which it is found again.
 */
final class SandboxImages {

    private static final Map<Key, CompletableFuture<String>> UNDER_WAY = new ConcurrentHashMap<>();

    /** The settings that an image depends on. */
    private record Key(ContainerEngine engine, Base base, List<String> setup, String shell) {}

    private SandboxImages() {}

    /**
     * Returns the image that the sandboxes of {@code spec} start from: an id, or a name where the engine has no image
     * store.
     */
    static String imageFor(ContainerEngine engine, SandboxSpec spec) {
        Key key = new Key(engine, spec.base(), spec.setup(), spec.shell());
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> before = UNDER_WAY.putIfAbsent(key, mine);
        if (before != null) {
            Optional<String> image = await(before, spec);
            return image.isPresent() ? image.get() : imageFor(engine, spec);
        }
        try {
            String image = prepare(engine, spec);
            mine.complete(image);
            return image;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            UNDER_WAY.remove(key, mine);
        }
    }

    /** Waits for an image that another thread prepares; empty if that thread was interrupted. */
    private static Optional<String> await(CompletableFuture<String> image, SandboxSpec spec) {
        try {
            return Optional.of(image.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException(
                    "Interrupted while waiting for the image of " + ImageDescription.of(spec), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxInterruptedException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof SandboxException failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "The image of " + ImageDescription.of(spec) + " could not be prepared: " + e.getCause(), e);
        }
    }

    private static String prepare(ContainerEngine engine, SandboxSpec spec) {
        Optional<ImageStore> store = engine.images();
        Optional<String> repository = engine.repository();
        try {
            if (store.isPresent()) {
                return ImageMaker.local(engine, store.get()).imageFor(spec);
            }
            if (repository.isPresent() && ImageMaker.isNeeded(spec)) {
                // The OCI runtime is the sandbox's, on its own engine.
                return ImageMaker.publishing(repository.get()).imageFor(spec.runtime(null));
            }
            return UnmanagedImages.imageFor(spec, engine.description());
        } catch (EngineException e) {
            throw Engines.failure("No image for a sandbox from " + ImageDescription.of(spec) + ": ", e);
        }
    }
}
