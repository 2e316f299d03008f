package org.junitsandbox.shell;

/**
 * Events that are passed to a listener until this is closed; see {@link Shell#onEvent}. Safe for use by several
 * threads.
 *
 * @since 0.1
 */
public interface Subscription extends AutoCloseable {

    /**
     * Ends the calls of the listener, at the latest after the one that is under way. Closing it again has no effect.
     */
    @Override
    void close();
}
