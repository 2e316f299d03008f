package org.junitsandbox.shell;

import java.util.Objects;
import org.junitsandbox.internal.text.Excerpt;

/**
 * One entry of a directory of a sandbox. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class ListedFile {

    private final String path;
    private final FileStatus status;

    ListedFile(String path, FileStatus status) {
        this.path = path;
        this.status = status;
    }

    /**
     * Returns where it is, relative to the directory that was listed.
     *
     * @return for example {@code "a"} or {@code "folder/a"}. Names are bytes in UTF-8; a byte that is not UTF-8 is a
     *     character from U+DC80 to U+DCFF, and every method that takes a path takes it so
     */
    public String path() {
        return path;
    }

    /** {@return what it is; links are not followed} */
    public FileStatus status() {
        return status;
    }

    /**
     * Compares all of it.
     *
     * @param other anything
     * @return whether it is an entry that is equal in all parts
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof ListedFile that && path.equals(that.path) && status.equals(that.status);
    }

    /**
     * Returns a hash code of all of it.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(path, status);
    }

    /**
     * Returns it for messages.
     *
     * @return one line, escaped
     */
    @Override
    public String toString() {
        return Excerpt.line(path) + " (" + status + ")";
    }
}
