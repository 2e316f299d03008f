package org.junitsandbox.internal.engine;

import java.time.Instant;
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
     * Returns when an image was made, by the engine's clock.
     *
     * @param id the id of a local image
     */
    Instant madeAt(String id) throws EngineException;

    /**
     * Builds an image and returns its id.
     *
     * @param context what it is built from
     * @param tag what to call the image
     * @param network the network for the build's commands, or null for the engine's default
     * @param afresh whether all commands run again, although the engine may remember what they made
     */
    String build(BuildContext context, ImageTag tag, @Nullable String network, boolean afresh) throws EngineException;

    /**
     * Makes an image of the file system of a running container and returns the image's id.
     *
     * @param tag what to call the image
     */
    String commit(AttachedContainer container, ImageTag tag) throws EngineException;

    /** Returns for which operating system and architecture the engine makes images: {@code linux/amd64}. */
    String platform() throws EngineException;

    /**
     * Asks an image's registry for the image and returns its name with its digest there; empty if the registry does not
     * have it, or does not let its users know.
     *
     * @param name with a registry's address and a tag
     * @throws EngineException if the registry does not answer, or asks for credentials of which there are none
     */
    Optional<String> published(String name) throws EngineException;

    /**
     * Copies a local image to the registry of its name, and returns its name with its digest there.
     *
     * @param name with a registry's address and a tag
     */
    String publish(String name) throws EngineException;

    /**
     * Removes the images that were made earlier for the same declaration. Those in use stay.
     *
     * @param tag what the image that takes their place is called
     * @param id its id
     */
    void removeReplaced(ImageTag tag, String id);
}
