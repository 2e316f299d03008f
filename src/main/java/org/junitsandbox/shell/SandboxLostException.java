package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/**
 * A sandbox is gone: its container was killed or removed from outside, its engine went away, or it no longer answers.
 * How a command that was running ended is not known; what it had written is here. {@link Shell#reset()} gives the shell
 * a new container.
 *
 * @since 0.1
 */
public final class SandboxLostException extends SandboxException {

    private static final long serialVersionUID = 1;

    private final transient Output stdout;
    private final transient Output stderr;

    SandboxLostException(String message, @Nullable Throwable cause, Output stdout, Output stderr) {
        super(message, cause);
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Returns what the command that was running had written to stdout until then, as UTF-8 text.
     *
     * @return the text, empty if no command was running; see {@link Output#text()}
     */
    public String stdout() {
        return stdout.text();
    }

    /**
     * Returns what the command that was running had written to stderr until then, as UTF-8 text.
     *
     * @return the text, empty if no command was running; see {@link Output#text()}
     */
    public String stderr() {
        return stderr.text();
    }

    /**
     * Returns what the command that was running had written to one stream until then.
     *
     * @param stream which of the two
     * @return the output of that stream, empty if no command was running
     */
    public Output output(StandardStream stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }
}
