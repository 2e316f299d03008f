package org.junitsandbox.assertj;

import java.util.HexFormat;

/** Writes text and bytes of unknown length and content so that they can be read in a message. */
final class Excerpt {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private static final int MAX_BYTES = 32;

    private Excerpt() {}

    /** A count with its unit. */
    static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    /** A string literal; of a long text the beginning alone. */
    static String quote(String text, int maxChars) {
        String shown = text.substring(0, boundary(text, Math.min(text.length(), maxChars)));
        String literal = "\"" + escape(shown.replace("\\", "\\\\").replace("\"", "\\\"")).replace("\n", "\\n") + "\"";
        return shown.length() == text.length()
                ? literal
                : literal + ", the first " + shown.length() + " of " + count(text.length(), "character");
    }

    /** Makes control characters visible, other than line feeds: what a container writes is not to steer a terminal. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append(c);
                case '\t' -> escaped.append("\\t");
                case '\r' -> escaped.append("\\r");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** Bytes in hexadecimal from an index on, a few of many. */
    static String hex(byte[] bytes, int from) {
        int to = Math.min(bytes.length, from + MAX_BYTES);
        if (from == to) {
            return "the end";
        }
        return HEX.formatHex(bytes, from, to) + (to < bytes.length ? " and " + (bytes.length - to) + " more" : "");
    }

    /** An index that does not part a surrogate pair, {@code index} or the one before. */
    static int boundary(String text, int index) {
        boolean within = index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return within ? index - 1 : index;
    }
}
