package org.junitsandbox.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.text.Printable;

/**
 * Makes output fit for a terminal or a page that shows colours: line feeds, tabs and the sequences that set colours
 * stay; every other character that could control, hide or turn something is escaped as in a Java literal. It reads one
 * stream, of which a sequence may come in two parts.
 */
final class ColouredText {

    /** Of a sequence of more numbers than that, nobody needs the colours. */
    private static final int MAX_NUMBERS = 64;

    private static final Pattern KEPT = Pattern.compile("\\u001B\\[[0-9;:]{0," + MAX_NUMBERS + "}m|[\\n\\t]");

    private static final Pattern INCOMPLETE = Pattern.compile("\\u001B(\\[[0-9;:]{0," + MAX_NUMBERS + "})?\\z");

    private String pending = "";

    /** Reads the next part. */
    String read(String part) {
        String text = pending + part;
        Matcher incomplete = INCOMPLETE.matcher(text);
        int end = incomplete.find() ? incomplete.start() : text.length();
        pending = text.substring(end);
        return escape(text.substring(0, end));
    }

    /** Returns what is left at the end. */
    String end() {
        String rest = escape(pending);
        pending = "";
        return rest;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Matcher kept = KEPT.matcher(text);
        int done = 0;
        while (kept.find()) {
            escaped.append(Printable.of(text.substring(done, kept.start()))).append(kept.group());
            done = kept.end();
        }
        return escaped.append(Printable.of(text.substring(done))).toString();
    }
}
