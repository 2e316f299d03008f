package org.junitsandbox.internal.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of a terminal that shows what goes on, is overwritten when that changes, and disappears with it. Of several
 * things it shows the one that began last, and how many others there are. Safe for use by several threads.
 */
final class ProgressLine {

    /**
     * On stderr itself, not on {@link System#err}: a report that has what is written there needs no lines that were
     * overwritten.
     */
    static final ProgressLine OF_STDERR = new ProgressLine(
            new PrintStream(new FileOutputStream(FileDescriptor.err), false, Charset.defaultCharset()));

    /** A line that is longer than the terminal is wide could not be overwritten. Most have 80 columns or more. */
    private static final int COLUMNS = 79;

    private static final int MAX_REACHED_COLUMNS = 45;

    /** What comes from here on may be two columns wide. */
    private static final int FIRST_WIDE = 0x1100;

    private final PrintStream target;
    private final Map<Object, String> texts = new LinkedHashMap<>();
    private int shownColumns;

    ProgressLine(PrintStream target) {
        this.target = target;
    }

    /**
     * Shows how far something has come.
     *
     * @param what what it is; cut where it leaves no room for the rest
     * @param reached the rest
     */
    synchronized void show(Object thing, String what, String reached) {
        String end = cut(Printable.of(reached), MAX_REACHED_COLUMNS);
        texts.put(thing, cut(Printable.of(what), COLUMNS - columns(end)) + end);
        draw();
    }

    /** Shows it no longer. */
    synchronized void end(Object thing) {
        if (texts.remove(thing) != null) {
            draw();
        }
    }

    private void draw() {
        String last = texts.values().stream().reduce("", (before, text) -> text);
        String others = texts.size() < 2 ? "" : " (and " + (texts.size() - 1) + " more)";
        String line = cut(last, COLUMNS - others.length()) + others;
        int columns = columns(line);
        String blanks = " ".repeat(Math.max(0, shownColumns - columns));
        target.print("\r" + line + blanks + (line.isEmpty() ? "\r" : ""));
        target.flush();
        shownColumns = columns;
    }

    private static String cut(String text, int limit) {
        if (columns(text) <= limit) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 3;
        for (int codePoint : text.codePoints().toArray()) {
            used += columns(codePoint);
            if (used > limit) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut + "...";
    }

    private static int columns(String text) {
        return text.codePoints().map(ProgressLine::columns).sum();
    }

    private static int columns(int codePoint) {
        return codePoint < FIRST_WIDE ? 1 : 2;
    }
}
