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
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + Excerpt.line(text) + "\" is not one of " + choices));
    }

    /**
     * Reads a constant's name from a system property.
     *
     * @param otherwise what to return if the property is not set
     * @throws IllegalArgumentException if the value is none of the choices
     */
    public static <E extends Enum<E>> E readProperty(String property, Set<E> choices, E otherwise) {
        String text = System.getProperty(property);
        if (text == null) {
            return otherwise;
        }
        try {
            return read(text.strip(), choices);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("System property " + property + ": " + e.getMessage(), e);
        }
    }
}
