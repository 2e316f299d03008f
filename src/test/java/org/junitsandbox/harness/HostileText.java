package org.junitsandbox.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Text as the author of a hostile file would have it shown, and a check that it is not. */
public final class HostileText {

    /** Clears a terminal, sets its title, turns the reading direction, hides, is forbidden in XML. */
    private static final String TEXT = "\u001B[2J\u001B]0;title\u0007"
            + "\u009B\u202E\u2066\u200B\uFEFF\u2028\uFFFE\uFFFF\b\u007F\r";

    private HostileText() {}

    /** Returns hostile text with a name to know it by, and in the end a line that looks like one of a stack trace. */
    public static String of(String name) {
        return name + TEXT + "%n%s\n\tat java.base/java.lang.Forged.line(Forged.java:1)";
    }

    /** Asserts that nothing that a stack trace prints is raw. */
    public static void assertPrintable(Throwable failure) {
        assertPrintable("the failure", failure);
    }

    /**
     * Asserts the same.
     *
     * @param origin where the failure came from, for messages
     */
    public static void assertPrintable(String origin, Throwable failure) {
        assertThat(failure).as(origin).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertPrintable(origin, trace.toString().replaceAll("(?m)^\\s+(at |\\.\\.\\. ).*$", ""));
        assertThat(trace.toString()).as(origin).doesNotContain("\n\tat java.base/java.lang.Forged");
    }

    public static void assertPrintable(String text) {
        assertPrintable("the text", text);
    }

    private static void assertPrintable(String origin, String text) {
        assertThat(text.chars().filter(c -> c != '\n' && TEXT.indexOf(c) >= 0 && (c < ' ' || c > '~')))
                .as("what is raw in %s:%n%s", origin, text)
                .isEmpty();
    }
}
