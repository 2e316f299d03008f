package org.junitsandbox.shell;

import java.time.Instant;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageTag;

/** Where the images that this library makes are kept, and found again by their names. */
interface ImageRepository {

    /**
     * Returns what an image is called here.
     *
     * @param kind how it is made
     * @param hash of all that goes into it
     * @param declaration what it is made for, see {@link ImageTag#declaration}
     */
    ImageTag tag(String kind, String hash, String declaration) throws EngineException;

    /** Returns how engines name an image; empty if it is not here. What was found once may be taken as still here. */
    Optional<String> find(ImageTag tag) throws EngineException;

    /** The same, although an image was found: another JVM may have made or replaced it since. */
    Optional<String> findAgain(ImageTag tag) throws EngineException;

    /**
     * Makes sure that the engine that makes images has an image.
     *
     * @param image its id, or its name as {@link #find} and {@link #keep} return it
     */
    void bring(String image) throws EngineException;

    /**
     * Returns when an image was made.
     *
     * @param image as {@link #find} returns it
     */
    Instant madeAt(String image) throws EngineException;

    /**
     * Keeps an image that has just been made, and returns how engines name it.
     *
     * @param id its id on the engine that made it
     */
    String keep(ImageTag tag, String id) throws EngineException;
}
