package org.junitsandbox.internal.text;

import java.util.HexFormat;

/** Writes text and bytes of unknown length and content so that they can be read in a message. */
public final class Excerpt {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private static final int MAX_BYTES = 32;

    /** Of a longer name or command, the beginning and the end are shown. */
    private static final int MAX_LINE_CHARS = 400;

    private Excerpt() {}

    /** Writes a count with its unit: {@code 1 byte}, {@code 2 bytes}. */
    public static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    /**
     * Writes a name, a path or a command on one line that is fit for a message; of a long one the beginning, how much
     * is left out, and the end.
     */
    public static String line(String text) {
        return Printable.of(ends(text, MAX_LINE_CHARS));
    }

    /**
     * Returns a text, or of a longer one than that the beginning, how much is left out, and the end. It is returned
     * whole where that would not make it shorter.
     */
    public static String ends(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = boundary(text, maxChars / 2);
        int start = boundary(text, text.length() - maxChars / 2);
        return isWorthOmitting(start - end)
                ? text.substring(0, end) + omission(start - end) + text.substring(start)
                : text;
    }

    /** Returns what stands where characters of a text are left out. */
    public static String omission(int chars) {
        return "[... " + count(chars, "character") + " ...]";
    }

    /** Whether a text is shorter without that many characters, in whose place their {@link #omission} stands. */
    public static boolean isWorthOmitting(int chars) {
        return chars > omission(chars).length();
    }

    /** Writes a string literal; of a long text only the beginning. */
    public static String quote(String text, int maxChars) {
        String shown = text.substring(0, boundary(text, Math.min(text.length(), maxChars)));
        String literal = "\"" + Printable.of(shown.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"";
        return shown.length() == text.length()
                ? literal
                : literal + ", the first " + shown.length() + " of " + count(text.length(), "character");
    }

    /** Writes the bytes from an index on in hexadecimal; of many only the first few. */
    public static String hex(byte[] bytes, int from) {
        int to = Math.min(bytes.length, from + MAX_BYTES);
        if (from == to) {
            return "the end";
        }
        return HEX.formatHex(bytes, from, to) + (to < bytes.length ? " and " + (bytes.length - to) + " more" : "");
    }

    /** Returns {@code index}, or the one before where {@code index} would split a surrogate pair. */
    public static int boundary(String text, int index) {
        boolean within = index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return within ? index - 1 : index;
    }
}
