package org.junitsandbox.shell;

/**
 * Receives a command's output as it comes.
 *
 * <p>It is called on the thread that reads the container's streams: while it works, nothing else is read. An exception from it ends
 * no command; the call that ran the command throws it afterwards.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OutputListener {

    /** A stream of a command. */
    enum Source {
        STDOUT,
        STDERR
    }

    /**
     * Takes a part of the output.
     *
     * @param bytes a part of the output, cut anywhere, even inside a character
     */
    void output(Source source, byte[] bytes);
}
