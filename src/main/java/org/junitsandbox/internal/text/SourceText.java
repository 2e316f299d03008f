package org.junitsandbox.internal.text;

/** Checks text that is passed to a shell, and names in a sandbox. */
public final class SourceText {

    private SourceText() {}

    /**
     * Checks a text that is passed to a shell, and returns it.
     *
     * @param what what the text is, to begin the message with
     * @throws IllegalArgumentException if {@code text} contains NUL, which no shell takes, or half a surrogate pair,
     *     which is not a character, unless it stands for a byte: see {@link ByteText}
     */
    public static String check(String text, String what) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException(what + " has a NUL character at index " + nul
                    + ", which a shell cannot take. To pass binary data, use stdin or copyIn. It reads: "
                    + Excerpt.line(text));
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !ByteText.isByte(text, i)) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new IllegalArgumentException(what + " has half a surrogate pair at index " + i
                            + ", which stands for no character. It reads: " + Excerpt.line(text));
                }
                i++;
            }
        }
        return text;
    }

    /**
     * Checks that a text is not blank, and returns it.
     *
     * @param what what the text is, to begin the message with
     * @param expected what is valid, to end the message with
     * @throws IllegalArgumentException if {@code text} is blank
     */
    public static String checkNotBlank(String text, String what, String expected) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank: expected " + expected);
        }
        return text;
    }

    /**
     * Checks a path in a sandbox, and returns it.
     *
     * @param what what the path is, to begin the message with
     * @param example a valid path
     * @throws IllegalArgumentException if {@code path} is not absolute
     */
    public static String checkAbsolutePath(String path, String what, String example) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    what + " is \"" + Excerpt.line(path) + "\": expected an absolute path, for example \"" + example
                            + "\"");
        }
        return path;
    }

    /**
     * Checks an environment variable.
     *
     * @throws IllegalArgumentException if the name is not one that a shell can set, or if the value cannot be passed
     */
    public static void checkVariable(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("\"" + Excerpt.line(name)
                    + "\" is not a variable's name: expected letters, digits and underscores, no digit first");
        }
        check(value, "The value of " + name);
    }
}
