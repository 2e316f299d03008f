package org.junitsandbox.internal.audit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mounted file system, as {@code /proc/self/mountinfo} shows it.
 *
 * @param type the kind of file system: "tmpfs", "overlay"
 * @param options separated by commas
 */
record Mount(String type, String options) {

    private static final Pattern SIZE = Pattern.compile("(?:^|,)size=(\\d+)([kmgKMG]?)(?:,|$)");

    boolean isReadOnly() {
        return List.of(options.split(",", -1)).contains("ro");
    }

    boolean isInMemory() {
        return type.equals("tmpfs");
    }

    /** Returns the size that the options set, in bytes; empty where they set none. */
    Optional<Long> sizeBytes() {
        Matcher size = SIZE.matcher(options);
        if (!size.find()) {
            return Optional.empty();
        }
        int shift = switch (size.group(2)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            default -> 0;
        };
        return Amount.number(size.group(1)).map(number -> number << shift);
    }

    @Override
    public String toString() {
        return type + " with " + options;
    }
}
