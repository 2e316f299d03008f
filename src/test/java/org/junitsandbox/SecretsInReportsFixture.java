package org.junitsandbox;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox.Keep;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;

/**
 * Fails, with secrets in all that is reported of it but the files of {@code /work}, which are saved as they are; run by
 * {@link SurefireReportIT} and {@link SecretsInReportsIT}.
 */
@Sandbox(image = "busybox", keepFiles = Keep.NEVER)
class SecretsInReportsFixture {

    /** A test marks it. */
    static final String MARKED = "swordfish";

    /** The value of an environment variable. */
    static final String ENVIRONMENT = "tr0ub4dor";

    static final String EXPECTED = "something else";

    private static Command leaking(Shell shell) {
        shell.mask(MARKED);
        shell.note("logs in with " + MARKED);
        return Command.of(
                        "echo $PASSWORD; printf sword; sleep 0.1; echo fish; echo swordfish tr0ub4dor >&2; : swordfish")
                .secretEnvironment("PASSWORD", ENVIRONMENT);
    }

    @Test
    void showsOutput(Shell shell) {
        assertThat(shell.run(leaking(shell))).hasStdout(EXPECTED);
    }

    @Test
    void showsOutputByAssertJ(Shell shell) {
        assertThat(shell.run(leaking(shell))).stdout().isEqualTo(EXPECTED);
    }

    @Test
    void showsFiles(Shell shell) {
        shell.run(leaking(shell));
        shell.run("echo " + MARKED + " >/work/" + MARKED);
        assertThat(shell).changedOnly(EXPECTED);
    }

    @Test
    void showsWhyACopyFailed(Shell shell) {
        shell.run(leaking(shell));
        shell.copyInText(MARKED, "/missing/" + MARKED);
    }
}
