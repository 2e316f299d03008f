package org.junitsandbox.shell;

/**
 * Receives a command's output as it is written.
 *
 * <p>It is called on the thread that runs the command. Until it returns, no further output is read and the command's
 * time limit is not checked. An exception from it does not end the command; the call that ran the command throws it
 * afterwards.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OutputListener {

    /**
     * Receives the next part of the output.
     *
     * @param stream the stream that it was written to
     * @param bytes at least one byte; parts are cut anywhere, even inside a character
     */
    void output(StandardStream stream, byte[] bytes);
}
