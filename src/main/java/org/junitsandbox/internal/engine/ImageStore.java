package org.junitsandbox.internal.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images of an engine: finds, pulls and makes them. Not every engine has this: where others pull the images, in a
 * cluster for example, nothing can be made of a Dockerfile or a container.
 */
public interface ImageStore {

    /**
     * Returns the name under which this machine gets an image. Users can have names changed, to put a registry's name
     * before each for example.
     *
     * @throws EngineException if {@code name} is not a valid image name
     */
    String localName(String name) throws EngineException;

    /** Returns the id of a local image; empty if the engine has no image of that name. */
    Optional<String> find(String name) throws EngineException;

    /** Gets an image from its registry and returns its id. */
    String pull(String name) throws EngineException;

    /**
     * Builds an image and returns its id.
     *
     * @param context what it is built from
     * @param name the name to give to the image
     * @param network the network for the build's commands, or null for the engine's default
     */
    String build(BuildContext context, String name, @Nullable String network) throws EngineException;

    /**
     * Makes an image of the file system of a running container and returns the image's id.
     *
     * @param name the name to give to the image
     */
    String commit(AttachedContainer container, String name) throws EngineException;
}
