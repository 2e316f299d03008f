package org.junitsandbox.shell;

/**
 * Receives a command's output as it is written.
 *
 * <p>It is called on the thread that runs the command. Until it returns, no further output is read and the command's
 * time limit is not checked. An exception from it does not end the command; the call that ran the command throws it
 * afterwards.
 *
 * <p>It cannot use the shell that runs its command: every method that needs the sandbox throws an {@link
 * IllegalStateException}, {@link Shell#runAsync runAsync} included. Only {@link Shell#close} works, and ends the
 * command. Other threads wait until the command has ended; a listener that waits for one of them never returns unless
 * its thread is interrupted.
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
