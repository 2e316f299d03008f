package org.junitsandbox.fuzz;

/** Shows text on one line with every character recognizable. */
public final class EscapedText {

    private static final int MAX_CHARS = 2_000;

    private EscapedText() {}

    /** Returns a text as a Java string literal; of a very long text, only the start. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (char c : text.substring(0, Math.min(text.length(), MAX_CHARS)).toCharArray()) {
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
        if (text.length() > MAX_CHARS) {
            shown.append(" and ").append(text.length() - MAX_CHARS).append(" more characters");
        }
        return shown.toString();
    }
}
