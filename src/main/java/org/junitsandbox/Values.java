package org.junitsandbox;

import java.util.EnumSet;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.internal.text.EnumReader;

/** Reads values that are written as text. */
final class Values {

    private Values() {}

    /**
     * Reads a value.
     *
     * @param where where it was said, to begin the message with
     * @param reader throws {@link IllegalArgumentException} if it cannot
     * @throws ExtensionConfigurationException if the reader cannot, with its message
     */
    static <T> T parse(String where, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(where + ": " + e.getMessage(), e);
        }
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number", e);
        }
    }

    static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
        }
    }

    /** Reads a constant's name in whatever case. */
    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return EnumReader.read(text, EnumSet.allOf(type));
    }
}
