package org.junitsandbox.shell;

/**
 * Receives a command's output as it comes.
 *
 * <p>It is called on the thread that runs the command: while it works, nothing is read and no time limit is looked at.
 * An exception from it ends no command; the call that ran the command throws it afterwards.
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
