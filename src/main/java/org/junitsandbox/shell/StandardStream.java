package org.junitsandbox.shell;

/**
 * A stream that a command writes to.
 *
 * @since 0.1
 */
public enum StandardStream {
    /** Standard output, descriptor 1. */
    STDOUT,
    /** Standard error, descriptor 2. */
    STDERR
}
