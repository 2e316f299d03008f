package org.junitsandbox.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageTag;

/**
 * The images that this library makes: one that is missing or too old is made once, by one JVM of this machine, and
 * takes the place of those that were made before for the same declaration. Where several machines share a repository,
 * each of them may make one at the same time.
 */
final class MadeImages {

    private final ImageRepository repository;

    MadeImages(ImageRepository repository) {
        this.repository = repository;
    }

    /** Makes an image and returns its id. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes it.
         *
         * @param afresh whether there is one already, which is too old
         */
        String make(boolean afresh) throws EngineException;
    }

    /**
     * Returns an image, as engines name it.
     *
     * @param tag its name, with a hash of all that goes into it, and what it is made for
     * @param maxAge how old it may be; null for any age
     * @param maker makes it if it must be
     */
    @SuppressWarnings("try") // It works by being open.
    String image(ImageTag tag, @Nullable Duration maxAge, Maker maker) throws EngineException {
        Optional<String> found = repository.find(tag);
        if (found.isPresent() && !isTooOld(found.get(), maxAge)) {
            return found.get();
        }
        try (ImageLock lock = new ImageLock(tag.name())) {
            Optional<String> foundThen = repository.findAgain(tag);
            if (foundThen.isPresent() && !isTooOld(foundThen.get(), maxAge)) {
                return foundThen.get();
            }
            return repository.keep(tag, maker.make(foundThen.isPresent()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while waiting for image " + tag.name(), e);
        }
    }

    private boolean isTooOld(String image, @Nullable Duration maxAge) throws EngineException {
        return maxAge != null && repository.madeAt(image).plus(maxAge).isBefore(Instant.now());
    }
}
