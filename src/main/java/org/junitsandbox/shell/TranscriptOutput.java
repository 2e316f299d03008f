package org.junitsandbox.shell;

import java.time.Duration;

/**
 * A part of what a command wrote, in a {@link Transcript}. Immutable.
 *
 * @since 0.1
 */
public final class TranscriptOutput {

    private final Duration at;
    private final StandardStream stream;
    private final String text;

    TranscriptOutput(Duration at, StandardStream stream, String text) {
        this.at = at;
        this.stream = stream;
        this.text = text;
    }

    /** {@return when it came, from the opening of the sandbox on} */
    public Duration at() {
        return at;
    }

    /** {@return which stream it was written to} */
    public StandardStream stream() {
        return stream;
    }

    /**
     * Returns the part.
     *
     * @return UTF-8 text with secrets masked, and otherwise as the command wrote it: it may have control characters.
     *     Bytes that are not UTF-8 show as U+FFFD.
     */
    public String text() {
        return text;
    }
}
