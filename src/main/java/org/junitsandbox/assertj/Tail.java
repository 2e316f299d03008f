package org.junitsandbox.assertj;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junitsandbox.shell.Output;

/** The end of what was written to a stream, for a report. */
final class Tail {

    private static final int MAX_LINES = 20;
    private static final int MAX_CHARS = 2_000;

    private Tail() {}

    /** How much it is, then its last lines, each with a bar before it to tell it from the report's own. */
    static String of(Output output) {
        if (output.isEmpty()) {
            return "(nothing)";
        }
        String text = output.text();
        int from = startOfLastLines(text);
        String cut = from == 0 ? "" : ", the last " + MAX_LINES + " of " + Excerpt.count(countLines(text), "line");
        if (text.length() - from > MAX_CHARS) {
            from = Excerpt.boundary(text, text.length() - MAX_CHARS);
            cut = ", the last " + (text.length() - from) + " of " + Excerpt.count(text.length(), "character");
        }
        return Excerpt.count(output.totalBytes(), "byte") + truncation(output) + cut + lines(text.substring(from));
    }

    private static String truncation(Output output) {
        return output.isTruncated() ? " (truncated: the first " + output.bytes().length + " were kept)" : "";
    }

    private static String lines(String text) {
        if (text.isEmpty()) {
            return "";
        }
        boolean ended = text.endsWith("\n");
        String whole = ended ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(whole.split("\n", -1))
                .map(line -> "\n  | " + Excerpt.escape(line))
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
