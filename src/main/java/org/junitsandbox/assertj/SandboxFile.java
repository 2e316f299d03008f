package org.junitsandbox.assertj;

import java.util.Objects;
import org.junitsandbox.shell.Shell;

/**
 * A name of a file in a sandbox, whether there is such a file or not.
 *
 * @param shell the sandbox
 * @param path absolute or relative to the shell's directory
 * @since 0.1
 */
public record SandboxFile(Shell shell, String path) {

    public SandboxFile {
        Objects.requireNonNull(shell, "shell");
        Objects.requireNonNull(path, "path");
    }

    FileChecks look() {
        return new FileChecks(path, shell.spec().base(), shell.status(path).orElse(null));
    }

    /** The path. */
    @Override
    public String toString() {
        return path;
    }
}
