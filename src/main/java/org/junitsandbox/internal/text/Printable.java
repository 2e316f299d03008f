package org.junitsandbox.internal.text;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes text from a sandbox fit for a message, a log and a report: it must not control a terminal, pass for a line of a
 * log, hide, turn the reading direction or make XML malformed. Such characters are written as in a Java literal: {@code
 * \t} for a tab, for example.
 */
public final class Printable {

    /**
     * Control characters; those that are not seen, as they only format; what separates lines and paragraphs; halves of
     * surrogate pairs; code points that are never characters. All that XML forbids is among them.
     */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{IsNoncharacter_Code_Point}]");

    private static final Pattern UNPRINTABLE_IN_LINE = Pattern.compile("[" + UNPRINTABLE + "&&[^\\n]]");

    private static final Map<Character, String> SHORT_ESCAPES = Map.of('\t', "\\t", '\r', "\\r", '\n', "\\n");

    private Printable() {}

    /** Escapes all that is not fit for a message, line feeds included, so that the result is one line. */
    public static String of(String text) {
        return escape(text, UNPRINTABLE);
    }

    /** Escapes all that is not fit for a message, except line feeds. */
    public static String lines(String text) {
        return escape(text, UNPRINTABLE_IN_LINE);
    }

    /** Joins the lines with semicolons; each is {@linkplain #of(String) printable}. */
    public static String joinLines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining("; "));
    }

    private static String escape(String text, Pattern characters) {
        return characters
                .matcher(text)
                .replaceAll(found -> found.group()
                        .chars()
                        .mapToObj(unit -> Matcher.quoteReplacement(escape((char) unit)))
                        .collect(Collectors.joining()));
    }

    private static String escape(char unit) {
        String escape = SHORT_ESCAPES.get(unit);
        return escape != null ? escape : "\\u%04X".formatted((int) unit);
    }
}
