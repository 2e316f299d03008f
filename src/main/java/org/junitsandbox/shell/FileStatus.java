package org.junitsandbox.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern PRINTED = Pattern.compile("([0-9a-f]{1,7}) (\\d{1,19})");

    /**
     * Parses what {@code stat -c '%f %s'} prints: st_mode in hexadecimal and the size.
     *
     * @return empty if it printed something else: a program of that name can be anybody's
     */
    static Optional<FileStatus> parse(String printed) {
        Matcher fields = PRINTED.matcher(printed.strip());
        if (!fields.matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(fields.group(1), 16);
        Type type =
                switch (bits & TYPE_MASK) {
                    case 0100000 -> Type.REGULAR_FILE;
                    case 0040000 -> Type.DIRECTORY;
                    case 0120000 -> Type.SYMBOLIC_LINK;
                    default -> Type.OTHER;
                };
        try {
            return Optional.of(new FileStatus(type, Long.parseLong(fields.group(2)), bits & ~TYPE_MASK));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
