package org.junitsandbox.shell;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;

/**
 * What a file in a sandbox is. Links are not followed. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class FileStatus {

    /** Kinds of files. */
    public enum Type {
        /** A file with content. */
        REGULAR_FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, wherever it leads. */
        SYMBOLIC_LINK,
        /** A named pipe, as {@code mkfifo} makes it. */
        NAMED_PIPE,
        /** A socket of a program, with a path. */
        SOCKET,
        /** A device that is read and written byte by byte, such as {@code /dev/null}. */
        CHARACTER_DEVICE,
        /** A device that is read and written in blocks, such as a disk. */
        BLOCK_DEVICE,
        /** A kind that Linux does not have: what the sandbox reports can be made up. */
        OTHER;

        private static final int MASK = 0170000;

        static Type of(int bits) {
            return switch (bits & MASK) {
                case 0100000 -> REGULAR_FILE;
                case 0040000 -> DIRECTORY;
                case 0120000 -> SYMBOLIC_LINK;
                case 0010000 -> NAMED_PIPE;
                case 0140000 -> SOCKET;
                case 0020000 -> CHARACTER_DEVICE;
                case 0060000 -> BLOCK_DEVICE;
                default -> OTHER;
            };
        }

        /**
         * Returns it for messages, for example {@code regular file}.
         *
         * @return a noun that follows "a"
         */
        @Override
        public String toString() {
            return this == OTHER
                    ? "file of another kind"
                    : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final Type type;
    private final long sizeBytes;
    private final int mode;
    private final long userId;
    private final long groupId;
    private final Instant modified;
    private final @Nullable String linkTarget;

    /**
     * @param bits type and mode, as in st_mode
     * @param linkTarget null for what is no link
     */
    FileStatus(int bits, long sizeBytes, long userId, long groupId, Instant modified, @Nullable String linkTarget) {
        this.type = Type.of(bits);
        this.sizeBytes = sizeBytes;
        this.mode = bits & ~Type.MASK;
        this.userId = userId;
        this.groupId = groupId;
        this.modified = modified;
        this.linkTarget = linkTarget;
    }

    /** Returns the same status with the target of a link. */
    FileStatus withLinkTarget(String target) {
        return new FileStatus(0120000 | mode, sizeBytes, userId, groupId, modified, target);
    }

    /** {@return the kind of file} */
    public Type type() {
        return type;
    }

    /** {@return its size, in bytes; of a link, the length of its target} */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** {@return its permission bits, for example 0644} */
    public int mode() {
        return mode;
    }

    /** {@return the number of the user that owns it, as seen in the sandbox} */
    public long userId() {
        return userId;
    }

    /** {@return the number of the group that owns it, as seen in the sandbox} */
    public long groupId() {
        return groupId;
    }

    /**
     * Returns when its content was modified last. Any command can set that time.
     *
     * @return to the nanosecond, as far as its file system keeps that
     */
    public Instant modified() {
        return modified;
    }

    /**
     * Returns what a symbolic link holds, whether it leads anywhere or not.
     *
     * @return empty for what is no link; a byte that is not UTF-8 is a character from U+DC80 to U+DCFF
     */
    public Optional<String> linkTarget() {
        return Optional.ofNullable(linkTarget);
    }

    /**
     * Compares all of it.
     *
     * @param other anything
     * @return whether it is a status that is equal in all parts
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStatus that
                && type == that.type
                && sizeBytes == that.sizeBytes
                && mode == that.mode
                && userId == that.userId
                && groupId == that.groupId
                && modified.equals(that.modified)
                && Objects.equals(linkTarget, that.linkTarget);
    }

    /**
     * Returns a hash code of all of it.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(type, sizeBytes, mode, userId, groupId, modified, linkTarget);
    }

    /**
     * Returns it for messages, for example {@code regular file, 5 bytes, mode 0644, owner 65534:65534}.
     *
     * @return one line, escaped
     */
    @Override
    public String toString() {
        String target = linkTarget == null ? "" : " to " + Excerpt.line(linkTarget);
        String size = type == Type.REGULAR_FILE ? ", " + Excerpt.count(sizeBytes, "byte") : "";
        return type + target + size + ", mode " + "%04o".formatted(mode) + ", owner " + userId + ":" + groupId;
    }
}
