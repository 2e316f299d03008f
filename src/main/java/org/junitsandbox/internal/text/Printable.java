package org.junitsandbox.internal.text;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes text from a sandbox fit for a message: it must not control a terminal, nor pass for a line of a log. Control
 * characters are written as in a Java literal: {@code \t} for a tab, for example.
 */
public final class Printable {

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cc}");

    private static final Pattern CONTROL_CHARACTER_IN_LINE = Pattern.compile("[\\p{Cc}&&[^\\n]]");

    private static final Map<Character, String> SHORT_ESCAPES = Map.of('\t', "\\t", '\r', "\\r", '\n', "\\n");

    private Printable() {}

    /** Escapes all control characters, so that the result is one line. */
    public static String of(String text) {
        return escape(text, CONTROL_CHARACTER);
    }

    /** Escapes all control characters except line feeds. */
    public static String lines(String text) {
        return escape(text, CONTROL_CHARACTER_IN_LINE);
    }

    /** Joins the lines with semicolons; each is {@linkplain #of(String) printable}. */
    public static String joinLines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining("; "));
    }

    private static String escape(String text, Pattern characters) {
        return characters.matcher(text).replaceAll(found -> {
            char character = found.group().charAt(0);
            String escape = SHORT_ESCAPES.get(character);
            // In a replacement, a backslash is written twice.
            return escape != null ? "\\" + escape : "\\\\u%04X".formatted((int) character);
        });
    }
}
