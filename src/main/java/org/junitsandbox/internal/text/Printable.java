package org.junitsandbox.internal.text;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes text from a sandbox fit for a message: it is not to steer a terminal, nor to pass for a line of a log. */
public final class Printable {

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cc}");

    private Printable() {}

    /** Writes control characters as Java does in a literal: {@code \}{@code u001B}. */
    public static String of(String text) {
        return CONTROL_CHARACTER
                .matcher(text)
                .replaceAll(found -> "\\\\u%04X".formatted((int) found.group().charAt(0)));
    }

    /** Joins the lines, and each is {@linkplain #of(String) printable}. */
    public static String ofLines(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining("; "));
    }
}
