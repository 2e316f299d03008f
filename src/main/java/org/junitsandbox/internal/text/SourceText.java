package org.junitsandbox.internal.text;

/** Checks text that is passed to a shell. */
public final class SourceText {

    private SourceText() {}

    /**
     * Checks a text that is passed to a shell, and returns it.
     *
     * @param what what the text is, to begin the message with
     * @throws IllegalArgumentException if {@code text} contains NUL, which no shell takes, or half a surrogate pair,
     *     which is not a character
     */
    public static String check(String text, String what) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException(what + " has a NUL character at index " + nul
                    + ", which a shell cannot take. To pass binary data, use stdin or copyIn. It reads: "
                    + Printable.lines(text));
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new IllegalArgumentException(what + " has half a surrogate pair at index " + i
                            + ", which stands for no character. It reads: " + Printable.lines(text));
                }
                i++;
            }
        }
        return text;
    }

    /**
     * Checks an environment variable.
     *
     * @throws IllegalArgumentException if the name is not one that a shell can set, or if the value cannot be passed
     */
    public static void checkVariable(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is not a variable's name: expected letters, digits and underscores, no digit first");
        }
        check(value, "The value of " + name);
    }
}
