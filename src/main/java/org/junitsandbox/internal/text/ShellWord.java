package org.junitsandbox.internal.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns text into words of shell source that stand for exactly that text. */
public final class ShellWord {

    private ShellWord() {}

    /** Quotes {@code text} so that every POSIX shell reads it as one word, unchanged. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Quotes a program and its arguments as one simple command, past any alias or function of the program's name. */
    public static String join(String program, String... args) {
        return quote(program)
                + Arrays.stream(args).map(arg -> " " + quote(arg)).collect(Collectors.joining());
    }
}
