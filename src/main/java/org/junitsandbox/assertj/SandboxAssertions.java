package org.junitsandbox.assertj;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.verdicts.Verdicts;

/**
 * The entry point of assertions on sandboxes. Import its {@code assertThat} statically; AssertJ's own can be imported
 * as well.
 *
 * @since 0.1
 */
public final class SandboxAssertions {

    private SandboxAssertions() {}

    /**
     * Begins assertions on the result of a command.
     *
     * @param actual the result; every assertion on null fails
     * @return assertions on it
     */
    public static CommandResultAssert assertThat(@Nullable CommandResult actual) {
        return new CommandResultAssert(actual);
    }

    /**
     * Begins assertions on the files of a sandbox.
     *
     * @param actual the sandbox's shell; every assertion on null fails
     * @return assertions on it
     */
    public static ShellAssert assertThat(@Nullable Shell actual) {
        return new ShellAssert(actual);
    }

    /**
     * Begins assertions on what a command did with many inputs.
     *
     * @param actual the verdicts; every assertion on null fails
     * @return assertions on them
     */
    public static VerdictsAssert assertThat(@Nullable Verdicts actual) {
        return new VerdictsAssert(actual);
    }
}
