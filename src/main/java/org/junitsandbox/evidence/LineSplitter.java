package org.junitsandbox.evidence;

import java.util.function.Consumer;
import org.junitsandbox.internal.text.Excerpt;

/**
 * Makes lines of one stream that comes in parts. Of a longer line it passes the beginning as soon as that has come, and
 * at the end how much was left out. Not safe for use by several threads.
 */
final class LineSplitter {

    static final int MAX_LINE_CHARS = 2_000;

    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();
    private long omitted;

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    void add(String part) {
        int done = 0;
        for (int lineFeed = part.indexOf('\n'); lineFeed >= 0; lineFeed = part.indexOf('\n', done)) {
            if (line.length() == 0 && omitted == 0 && lineFeed - done <= MAX_LINE_CHARS) {
                lines.accept(part.substring(done, lineFeed));
            } else {
                append(part, done, lineFeed);
                passLine();
            }
            done = lineFeed + 1;
        }
        append(part, done, part.length());
    }

    /** Passes a last line that has no line feed. */
    void end() {
        if (line.length() > 0 || omitted > 0) {
            passLine();
        }
    }

    private void append(String part, int start, int end) {
        if (omitted == 0 && line.length() + end - start <= MAX_LINE_CHARS) {
            line.append(part, start, end);
            return;
        }
        int taken = start;
        if (omitted == 0) {
            taken = Math.max(start, Excerpt.boundary(part, start + MAX_LINE_CHARS - line.length()));
            lines.accept(line.append(part, start, taken) + " [...]");
            line.setLength(0);
        }
        omitted += end - taken;
    }

    private void passLine() {
        lines.accept(
                omitted == 0
                        ? line.toString()
                        : "[... " + Excerpt.count(omitted, "more character") + " of this line]");
        line.setLength(0);
        omitted = 0;
    }
}
