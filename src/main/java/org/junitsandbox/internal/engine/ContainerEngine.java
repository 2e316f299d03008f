package org.junitsandbox.internal.engine;

import java.util.Optional;

/** What a sandbox needs of a container engine. Implementations are safe for use by several threads. */
public interface ContainerEngine {

    /** Names the engine for messages: product, version, address, default runtime. */
    String description();

    /** Returns the number of the engine's CPUs, which bounds how many containers are started at once. */
    int cpus();

    /** Returns the images of the engine; empty if it gets them by itself and cannot make any. */
    Optional<ImageStore> images();

    /**
     * Returns the repository that this engine pulls images from which another engine has made: a registry's address and
     * a path, without a tag. Empty if there is none, or if the engine makes its images by itself.
     */
    default Optional<String> repository() {
        return Optional.empty();
    }

    /**
     * Starts a container with its streams attached. Nothing is left behind if that fails, except while the engine does
     * not answer: then the container is removed in the background, as soon as the engine answers.
     *
     * @throws EngineException with {@link EngineException.Fault#IMAGE_GONE} if the engine no longer has the image
     */
    AttachedContainer start(ContainerConfig config) throws EngineException;

    /**
     * Tries again to remove what could not be removed before, and waits for that until one call's time has passed. A
     * warning names what is left. An interrupt ends the wait and stays set.
     *
     * @param sinceNanos when that time began, by {@link System#nanoTime}
     */
    void removeLeftBehind(long sinceNanos);
}
