package org.junitsandbox.assertj;

import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.verdicts.Verdicts;

/**
 * Adds soft assertions on sandboxes to a class of soft assertions of your own. If you need no others, use
 * {@link SandboxSoftAssertions}.
 *
 * @since 0.1
 */
public interface SandboxSoftAssertionsProvider extends SoftAssertionsProvider {

    /**
     * Begins soft assertions on the result of a command. All of them are soft, including those on {@link
     * CommandResultAssert#stdout()} and {@link CommandResultAssert#stderr()}.
     *
     * @param actual the result; every assertion on null fails
     * @return soft assertions on it
     */
    default CommandResultAssert assertThat(@Nullable CommandResult actual) {
        CommandResultAssert assertion = proxy(CommandResultAssert.class, CommandResult.class, actual);
        assertion.softly = this;
        return assertion;
    }

    /**
     * Begins soft assertions on the files of a sandbox. All of them are soft, including those on {@link
     * ShellAssert#file}.
     *
     * @param actual the sandbox's shell; every assertion on null fails
     * @return soft assertions on it
     */
    default ShellAssert assertThat(@Nullable Shell actual) {
        ShellAssert assertion = proxy(ShellAssert.class, Shell.class, actual);
        assertion.softly = this;
        return assertion;
    }

    /**
     * Begins soft assertions on what a command did with many inputs.
     *
     * @param actual the verdicts; every assertion on null fails
     * @return soft assertions on them
     */
    default VerdictsAssert assertThat(@Nullable Verdicts actual) {
        VerdictsAssert assertion = proxy(VerdictsAssert.class, Verdicts.class, actual);
        assertion.softly = this;
        return assertion;
    }
}
