package org.junitsandbox.assertj;

import java.util.Objects;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.Shell;

/**
 * The path of a file in a sandbox, whether such a file exists or not. Made by {@link ShellAssert#file}.
 *
 * @param shell the sandbox's shell
 * @param path absolute or relative to the shell's directory
 * @since 0.1
 */
public record SandboxFile(Shell shell, String path) {

    /**
     * For {@link ShellAssert#file}.
     *
     * @param shell the sandbox's shell
     * @param path absolute or relative to the shell's directory
     * @throws NullPointerException if one of the two is null
     */
    public SandboxFile {
        Objects.requireNonNull(shell, "shell");
        Objects.requireNonNull(path, "path");
    }

    FileChecks look() {
        return new FileChecks(path, shell.spec().base(), shell.status(path).orElse(null), shell::directory);
    }

    /**
     * Returns the path for messages: with control characters and the like escaped, and of a long one only the beginning
     * and the end.
     *
     * @return not always {@link #path()}
     */
    @Override
    public String toString() {
        return Excerpt.line(path);
    }
}
