package org.junitsandbox.shell;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that was put into a sandbox by the library, as it was then.
 *
 * @param sizeBytes of a regular file
 * @param sha256 of a regular file, in hexadecimal; null for others
 * @param linkTarget of a link; null for others
 */
record CopiedFile(
        FileStatus.Type type, int mode, long sizeBytes, @Nullable String sha256, @Nullable String linkTarget) {

    static CopiedFile regular(int mode, long sizeBytes, String sha256) {
        return new CopiedFile(FileStatus.Type.REGULAR_FILE, mode, sizeBytes, sha256, null);
    }

    static CopiedFile directory(int mode) {
        return new CopiedFile(FileStatus.Type.DIRECTORY, mode, 0, null, null);
    }

    static CopiedFile link(String target) {
        return new CopiedFile(FileStatus.Type.SYMBOLIC_LINK, 0777, 0, null, target);
    }

    /** A pipe or a device. */
    static CopiedFile special(FileStatus.Type type, int mode) {
        return new CopiedFile(type, mode, 0, null, null);
    }

    /** Whether a file can still be as it was, as far as its status shows. */
    boolean isLike(FileStatus now, long userId, long groupId) {
        return now.type() == type
                && now.mode() == mode
                && now.userId() == userId
                && now.groupId() == groupId
                && (type != FileStatus.Type.REGULAR_FILE || now.sizeBytes() == sizeBytes)
                && Objects.equals(now.linkTarget().orElse(null), linkTarget);
    }
}
