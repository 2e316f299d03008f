package org.junitsandbox.internal.text;

import java.util.Set;

/** Reads constants of enums. */
public final class EnumReader {

    private EnumReader() {}

    /**
     * Reads a constant's name, in upper or lower case.
     *
     * @param choices the constants that are valid
     * @throws IllegalArgumentException if {@code text} is none of them
     */
    public static <E extends Enum<E>> E read(String text, Set<E> choices) {
        return choices.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is not one of " + choices));
    }
}
