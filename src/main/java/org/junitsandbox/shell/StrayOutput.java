package org.junitsandbox.shell;

/**
 * What background processes wrote to a sandbox's stdout and stderr while no command ran. Of each stream the first 64
 * KiB are kept. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class StrayOutput {

    private final Output stdout;
    private final Output stderr;

    StrayOutput(Output stdout, Output stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Returns what came on one stream.
     *
     * @param stream which of the two
     * @return the first 64 KiB; {@link Output#isTruncated()} if there was more, and {@link Output#totalBytes()} is all
     */
    public Output output(StandardStream stream) {
        return stream == StandardStream.STDOUT ? stdout : stderr;
    }

    /**
     * Returns what came on stdout, as UTF-8 text.
     *
     * @return the text, nothing trimmed, up to 64 KiB
     */
    public String stdout() {
        return stdout.text();
    }

    /**
     * Returns what came on stderr, as UTF-8 text.
     *
     * @return the text, nothing trimmed, up to 64 KiB
     */
    public String stderr() {
        return stderr.text();
    }

    /**
     * Whether nothing came.
     *
     * @return true if both streams are empty
     */
    public boolean isEmpty() {
        return stdout.isEmpty() && stderr.isEmpty();
    }

    /**
     * Returns both streams for messages: each on one line, escaped, and of a long one the beginning and the end.
     *
     * @return not always the text
     */
    @Override
    public String toString() {
        return "stdout: " + stdout + ", stderr: " + stderr;
    }
}
