package org.junitsandbox.shell;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junitsandbox.internal.text.Excerpt;

/**
 * One change of a file in a sandbox. Immutable, so safe for use by several threads.
 *
 * @param kind what happened to the file
 * @param path its absolute path. Names are bytes in UTF-8; a byte that is not UTF-8 is a character from U+DC80 to
 *     U+DCFF, and every method that takes a path takes it so
 * @param status what it is now; empty if it was deleted
 * @since 0.1
 */
public record FileChange(Kind kind, String path, Optional<FileStatus> status) {

    /** What happened to a file. */
    public enum Kind {
        /** It was not there before. */
        ADDED,
        /** Its content, type, mode or owner was changed, or it was touched. */
        MODIFIED,
        /** It is not there any more. */
        DELETED
    }

    /**
     * For {@link Shell#changes}.
     *
     * @param kind what happened to the file
     * @param path its absolute path
     * @param status what it is now
     * @throws NullPointerException if one of them is null
     */
    public FileChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(status, "status");
    }

    /** Whether it is of a file, or of one below a directory, of this path. */
    boolean isUnder(String place) {
        return path.equals(place) || path.startsWith(place.equals("/") ? place : place + "/");
    }

    /**
     * Returns it for messages, for example {@code added /tmp/x (regular file, 5 bytes, mode 0644, owner 65534:65534)}.
     *
     * @return one line, escaped
     */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + Excerpt.line(path)
                + status.map(now -> " (" + now + ")").orElse("");
    }
}
