package org.junitsandbox.internal.engine.docker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An engine that may be known but cannot be used. The message is what was found: a sentence without its full stop. */
final class UnreachableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String remedy;

    /**
     * @param finding what was found
     * @param remedy the one thing to do about it, in sentences
     */
    UnreachableException(String finding, String remedy, @Nullable Throwable cause) {
        super(finding, cause);
        this.remedy = remedy;
    }

    /** A file that may name an engine cannot be read, so that nobody knows which. */
    static UnreachableException unreadable(Path file, Exception cause) {
        return new UnreachableException(
                file + " may name an engine, and it cannot be read: " + cause, "Correct or remove that file.", cause);
    }

    String remedy() {
        return remedy;
    }
}
