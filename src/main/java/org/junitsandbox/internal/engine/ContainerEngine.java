package org.junitsandbox.internal.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a sandbox needs of a container engine. Implementations are safe for use by several threads. */
public interface ContainerEngine {

    /** Names the engine for people: product, version, address, default runtime. */
    String description();

    /** Returns the number of the engine's CPUs, for how many containers to start at once. */
    int cpus();

    /**
     * Returns the name by which an image is to be had on this machine: Testcontainers lets users put a registry's name
     * before it, or change it in ways of their own.
     *
     * @throws EngineException if {@code name} is no image's name
     */
    String localName(String name) throws EngineException;

    /** Returns the id of a local image, or nothing if the engine has no image of that name. */
    Optional<String> findImage(String name) throws EngineException;

    /** Gets an image from its registry and returns its id. */
    String pullImage(String name) throws EngineException;

    /**
     * Builds an image and returns its id.
     *
     * @param dockerfile the Dockerfile; the folder that holds it is the build's context
     * @param name the name to give to the image
     * @param network the network for the build's commands, or null for the engine's default
     */
    String buildImage(Path dockerfile, String name, @Nullable String network) throws EngineException;

    /** Makes a running container's file system an image called {@code name} and returns the image's id. */
    String commitImage(AttachedContainer container, String name) throws EngineException;

    /**
     * Starts a container with its streams attached. Nothing is left behind if that fails, except while the engine does
     * not answer: then it is removed in the background, as soon as it may be.
     */
    AttachedContainer start(ContainerConfig config) throws EngineException;

    /**
     * Tries again to remove what could not be removed before, and waits for it until one call's time has passed. A
     * warning names what is left. An interrupt ends the wait and stays set.
     *
     * @param sinceNanos when that time began, by {@link System#nanoTime}
     */
    void removeLeftBehind(long sinceNanos);
}
