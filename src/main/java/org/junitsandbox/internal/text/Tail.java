package org.junitsandbox.internal.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The end of a text that a sandbox wrote, for a message.
 *
 * @param text the last characters
 * @param omission how many lines or characters were there, to append to the text's size: {@code , the last 20 of 21
 *     lines}; empty if nothing is left out
 */
public record Tail(String text, String omission) {

    private static final int MAX_LINES = 20;
    private static final int MAX_CHARS = 2_000;

    /** Takes at most the last 20 lines and the last 2000 characters. */
    public static Tail of(String text) {
        int from = startOfLastLines(text);
        String omission = from == 0 ? "" : ", the last " + MAX_LINES + " of " + Excerpt.count(countLines(text), "line");
        if (text.length() - from > MAX_CHARS) {
            from = Excerpt.boundary(text, text.length() - MAX_CHARS);
            omission = ", the last " + (text.length() - from) + " of " + Excerpt.count(text.length(), "character");
        }
        return new Tail(text.substring(from), omission);
    }

    /**
     * Writes each line on a line of its own after a bar, so that none can pass for a part of the message. Nothing
     * precedes the first line feed; an empty text is an empty string.
     */
    public String lines() {
        if (text.isEmpty()) {
            return "";
        }
        boolean ended = text.endsWith("\n");
        String whole = ended ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(whole.split("\n", -1))
                .map(line -> "\n  | " + Printable.of(line))
                .collect(Collectors.joining("", "", ended ? "" : "\n  (no line feed at the end)"));
    }

    private static long countLines(String text) {
        return text.chars().filter(c -> c == '\n').count() + (text.endsWith("\n") ? 0 : 1);
    }

    private static int startOfLastLines(String text) {
        int lineFeed = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int line = 0; line < MAX_LINES; line++) {
            lineFeed = text.lastIndexOf('\n', lineFeed - 1);
            if (lineFeed < 0) {
                return 0;
            }
        }
        return lineFeed + 1;
    }
}
