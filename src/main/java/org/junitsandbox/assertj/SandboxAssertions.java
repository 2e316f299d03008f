package org.junitsandbox.assertj;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/**
 * Where assertions on sandboxes begin. Import its {@code assertThat} statically, next to AssertJ's own if need be.
 *
 * @since 0.1
 */
public final class SandboxAssertions {

    private SandboxAssertions() {}

    /** Begins assertions on what came of a command. */
    public static CommandResultAssert assertThat(@Nullable CommandResult actual) {
        return new CommandResultAssert(actual);
    }

    /** Begins assertions on the files of a sandbox. */
    public static ShellAssert assertThat(@Nullable Shell actual) {
        return new ShellAssert(actual);
    }
}
