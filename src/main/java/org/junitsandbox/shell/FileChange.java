package org.junitsandbox.shell;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.SecretMask;

/**
 * One change of a file in a sandbox. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class FileChange {

    /** What happened to a file. */
    public enum Kind {
        /** It was not there before. */
        ADDED,
        /** Its content, type, mode or owner was changed, or it was touched. */
        MODIFIED,
        /** It is not there any more. */
        DELETED
    }

    private final Kind kind;
    private final String path;
    private final Optional<FileStatus> status;

    FileChange(Kind kind, String path, Optional<FileStatus> status) {
        this.kind = kind;
        this.path = path;
        this.status = status;
    }

    /** {@return what happened to the file} */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns where the file is or was.
     *
     * @return its absolute path. Names are bytes in UTF-8; a byte that is not UTF-8 is a character from U+DC80 to
     *     U+DCFF, and every method that takes a path takes it so
     */
    public String path() {
        return path;
    }

    /** {@return what it is now; empty if it was deleted} */
    public Optional<FileStatus> status() {
        return status;
    }

    FileChange masked(SecretMask mask) {
        return new FileChange(kind, mask.apply(path), status.map(now -> now.linkTarget()
                .map(target -> now.withLinkTarget(mask.apply(target)))
                .orElse(now)));
    }

    /** Whether it is of a file, or of one below a directory, of this path. */
    boolean isUnder(String place) {
        return path.equals(place) || path.startsWith(place.equals("/") ? place : place + "/");
    }

    /**
     * Compares all of it.
     *
     * @param other anything
     * @return whether it is a change that is equal in all parts
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileChange that
                && kind == that.kind
                && path.equals(that.path)
                && status.equals(that.status);
    }

    /**
     * Returns a hash code of all of it.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(kind, path, status);
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
