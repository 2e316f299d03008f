package org.junitsandbox.shell;

/**
 * What a file in a sandbox is. Links are not followed. Immutable.
 *
 * @param type the kind of file
 * @param sizeBytes its size, in bytes
 * @param mode its permission bits, for example 0644
 * @since 0.1
 */
public record FileStatus(Type type, long sizeBytes, int mode) {

    /** Kinds of files. */
    public enum Type {
        /** A file with content. */
        REGULAR_FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, wherever it leads. */
        SYMBOLIC_LINK,
        /** A pipe, a socket or a device. */
        OTHER
    }

    private static final int TYPE_MASK = 0170000;

    /** Parses what {@code stat -c '%f %s'} prints: st_mode in hexadecimal and the size. */
    static FileStatus parse(String printed) {
        String[] words = printed.strip().split(" ", 2);
        int bits = Integer.parseInt(words[0], 16);
        Type type =
                switch (bits & TYPE_MASK) {
                    case 0100000 -> Type.REGULAR_FILE;
                    case 0040000 -> Type.DIRECTORY;
                    case 0120000 -> Type.SYMBOLIC_LINK;
                    default -> Type.OTHER;
                };
        return new FileStatus(type, Long.parseLong(words[1]), bits & ~TYPE_MASK);
    }
}
