package org.junitsandbox.verdicts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.SourceText;

/**
 * A file that a command is run over in a {@link Trial}: a name, its bytes, and whether it is harmless. Immutable, so
 * safe for use by several threads if its content is.
 *
 * @since 0.1
 */
public final class TrialInput {

    private static final int MAX_NAME_BYTES = 255;

    private final String name;
    private final boolean harmless;
    private final Content content;

    /** Opens the bytes of an input. */
    @FunctionalInterface
    public interface Content {

        /**
         * Opens the bytes. The trial closes the stream.
         *
         * @return a new stream
         * @throws IOException if they cannot be read
         */
        InputStream open() throws IOException;
    }

    private TrialInput(String name, boolean harmless, Content content) {
        SourceText.check(name, "The name of an input");
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("\"" + Excerpt.line(name) + "\" is not the name of an input: expected a"
                    + " file name of up to " + MAX_NAME_BYTES + " bytes without a slash, as it is the file's name in"
                    + " the sandbox, too");
        }
        this.name = name;
        this.harmless = harmless;
        this.content = content;
    }

    /**
     * Makes an input that may attack the command.
     *
     * @param name its file name in the sandbox and in the table
     * @param content opens its bytes, when its turn comes
     * @return the input
     * @throws IllegalArgumentException if the name is not that of a file
     */
    public static TrialInput hostile(String name, Content content) {
        return new TrialInput(name, false, content);
    }

    /**
     * Makes an input that the command is to take.
     *
     * @param name its file name in the sandbox and in the table
     * @param content opens its bytes, when its turn comes
     * @return the input
     * @throws IllegalArgumentException if the name is not that of a file
     */
    public static TrialInput harmless(String name, Content content) {
        return new TrialInput(name, true, content);
    }

    /**
     * Makes an input that may attack the command.
     *
     * @param name its file name in the sandbox and in the table
     * @param bytes its content, which is not copied
     * @return the input
     * @throws IllegalArgumentException if the name is not that of a file
     */
    public static TrialInput hostile(String name, byte[] bytes) {
        return hostile(name, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * Makes an input that the command is to take.
     *
     * @param name its file name in the sandbox and in the table
     * @param bytes its content, which is not copied
     * @return the input
     * @throws IllegalArgumentException if the name is not that of a file
     */
    public static TrialInput harmless(String name, byte[] bytes) {
        return harmless(name, () -> new ByteArrayInputStream(bytes));
    }

    /** {@return its file name} */
    public String name() {
        return name;
    }

    /** {@return whether the command is to take it} */
    public boolean isHarmless() {
        return harmless;
    }

    InputStream open() throws IOException {
        return content.open();
    }

    /** {@return its file name, escaped for messages} */
    @Override
    public String toString() {
        return Excerpt.line(name);
    }
}
