package org.junitsandbox.shell;

import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.ShellKind;

/** How programs are run that ask for more than a stdin known before: the recipes on the page of shells. */
class DialogueIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void answersAProgramThatRuns() {
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            shell.run("mkfifo input");
            BackgroundProgram program =
                    shell.start("while read -r line; do echo \"got $line\"; done <input; echo end");
            shell.run("exec 9>input");

            shell.run("echo one >&9");
            program.awaitLine("got one", SOON);
            shell.run("echo two >&9");
            program.awaitLine("got two", SOON);
            shell.run("exec 9>&-");

            program.awaitLine("end", SOON);
        }
    }

    @Test
    void givesAProgramATerminal() {
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            String asks = "test -t 0 && test -t 1 && test -t 2 && echo at a terminal && exit 3";

            assertThat(shell.run("sh", "-c", asks)).exitedWith(1);
            assertThat(shell.run("script", "-qec", asks, "/dev/null"))
                    .exitedWith(3)
                    .hasStdout("at a terminal\r\n");
        }
    }
}
