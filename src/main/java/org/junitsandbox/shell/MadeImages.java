package org.junitsandbox.shell;

import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;

/** The images that this library makes: one that is missing is made once, by one JVM of this machine. */
final class MadeImages {

    private final ImageStore store;

    MadeImages(ImageStore store) {
        this.store = store;
    }

    /** Makes an image and returns its id. */
    @FunctionalInterface
    interface Maker {
        String make() throws EngineException;
    }

    /**
     * Returns the id of an image.
     *
     * @param name its name, with a hash of all that goes into it
     * @param maker makes it if there is none
     */
    String image(String name, Maker maker) throws EngineException {
        Optional<String> found = store.find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try (ImageLock lock = new ImageLock(name)) {
            Optional<String> madeMeanwhile = store.find(name);
            return madeMeanwhile.isPresent() ? madeMeanwhile.get() : maker.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Fault.INTERRUPTED, "Interrupted while waiting for image " + name, e);
        }
    }
}
