package org.junitsandbox.internal.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The beginning of a text of several lines, a command for example, for a message. */
public final class Head {

    private static final int MAX_LINES = 20;
    private static final int MAX_CHARS = 2_000;

    private Head() {}

    /**
     * Writes at most the first 20 lines and the first 2000 characters, each line {@linkplain Printable#of printable},
     * and how much that is if more is there.
     *
     * @param indent what every line but the first begins with
     */
    public static String lines(String text, String indent) {
        String kept = text.substring(0, Excerpt.boundary(text, Math.min(text.length(), MAX_CHARS)));
        String omission = kept.length() == text.length()
                ? ""
                : "the first " + kept.length() + " of " + Excerpt.count(text.length(), "character");
        int end = endOfFirstLines(kept);
        if (end < kept.length()) {
            kept = kept.substring(0, end);
            omission = "the first " + MAX_LINES + " of " + Excerpt.count(countLines(text), "line");
        }
        return Arrays.stream(kept.split("\n")).map(Printable::of).collect(Collectors.joining("\n" + indent))
                + (omission.isEmpty() ? "" : "\n" + indent + "(" + omission + ")");
    }

    private static int endOfFirstLines(String text) {
        int end = -1;
        for (int line = 0; line < MAX_LINES; line++) {
            end = text.indexOf('\n', end + 1);
            if (end < 0) {
                return text.length();
            }
        }
        return end == text.length() - 1 ? text.length() : end;
    }

    private static long countLines(String text) {
        return text.chars().filter(c -> c == '\n').count() + (text.endsWith("\n") ? 0 : 1);
    }
}
