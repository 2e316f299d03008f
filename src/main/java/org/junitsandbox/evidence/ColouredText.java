package org.junitsandbox.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.text.Printable;

/**
 * Makes output fit for a terminal or a page that shows colours: line feeds, tabs and the sequences that set colours
 * stay, but not those that hide text; every other character that could control, hide or turn something is escaped as in
 * a Java literal. It reads one stream, of which a sequence may come in two parts.
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

    /** Whether one of a sequence's numbers is 8, and not a part of a colour: "38;5;8" and "38;2;8;8;8" are colours. */
    private static boolean hides(String sequence) {
        if (sequence.length() < 3) {
            return false;
        }
        String[] numbers = sequence.substring(2, sequence.length() - 1).split(";", -1);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i].matches("0*8")) {
                return true;
            }
            if (numbers[i].matches("0*[345]8") && i + 1 < numbers.length) {
                i += numbers[i + 1].matches("0*5") ? 2 : numbers[i + 1].matches("0*2") ? 4 : 0;
            }
        }
        return false;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Matcher kept = KEPT.matcher(text);
        int done = 0;
        while (kept.find()) {
            String sequence = kept.group();
            escaped.append(Printable.of(text.substring(done, kept.start())))
                    .append(hides(sequence) ? Printable.of(sequence) : sequence);
            done = kept.end();
        }
        return escaped.append(Printable.of(text.substring(done))).toString();
    }
}
