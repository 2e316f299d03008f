package org.junitsandbox.fuzz;

/** Shows text so that every character can be told, in one line. */
public final class EscapedText {

    private static final int LONGEST = 2_000;

    private EscapedText() {}

    /** Returns a text as Java would write it; of a very long one, the start. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (char c : text.substring(0, Math.min(text.length(), LONGEST)).toCharArray()) {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                case '"', '\\' -> shown.append('\\').append(c);
                default -> {
                    if (c < ' ' || c >= 0x7f) {
                        shown.append(String.format("\\u%04x", (int) c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        shown.append('"');
        if (text.length() > LONGEST) {
            shown.append(" and ").append(text.length() - LONGEST).append(" characters more");
        }
        return shown.toString();
    }
}
