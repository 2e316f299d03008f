package org.junitsandbox;

import java.util.EnumSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.internal.text.EnumReader;

/** Converts text to values. Each throws {@link IllegalArgumentException} if it cannot. */
final class Converters {

    private Converters() {}

    /**
     * Runs a conversion.
     *
     * @param origin where its input comes from, to begin the message with
     * @throws ExtensionConfigurationException if the conversion throws {@link IllegalArgumentException}, with its
     *     message
     */
    static <T> T convert(String origin, Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(origin + ": " + e.getMessage(), e);
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

    /**
     * Reads a constant's name in upper or lower case.
     *
     * @param notSet the constant that is not a value
     */
    static <E extends Enum<E>> E constant(E notSet, String text) {
        return EnumReader.read(text, EnumSet.complementOf(EnumSet.of(notSet)));
    }
}
