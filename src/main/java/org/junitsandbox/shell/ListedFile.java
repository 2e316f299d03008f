package org.junitsandbox.shell;

import java.util.Objects;
import org.junitsandbox.internal.text.Excerpt;

/**
 * One entry of a directory of a sandbox. Immutable, so safe for use by several threads.
 *
 * @param path relative to the directory that was listed, for example {@code "a"} or {@code "folder/a"}. Names are bytes
 *     in UTF-8; a byte that is not UTF-8 is a character from U+DC80 to U+DCFF, and every method that takes a path takes
 *     it so
 * @param status what it is; links are not followed
 * @since 0.1
 */
public record ListedFile(String path, FileStatus status) {

    /**
     * For {@link Shell#list}.
     *
     * @param path relative to the directory that was listed
     * @param status what it is
     * @throws NullPointerException if one of the two is null
     */
    public ListedFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(status, "status");
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
