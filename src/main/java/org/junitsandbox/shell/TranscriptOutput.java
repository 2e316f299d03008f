package org.junitsandbox.shell;

import java.time.Duration;

/**
 * A part of what a command wrote, in a {@link Transcript}.
 *
 * @param at when it came, from the opening of the sandbox on
 * @param stream which stream it was written to
 * @param text the part, as UTF-8 text with secrets masked, and otherwise as the command wrote it: it may have control
 *     characters. Bytes that are not UTF-8 show as U+FFFD.
 * @since 0.1
 */
public record TranscriptOutput(Duration at, StandardStream stream, String text) {}
