package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.SandboxLostException;
import org.junitsandbox.shell.Shell;

/** Attacks on the supervisor in a sandbox: PID 1, the worker shell, their descriptors and markers. */
final class SupervisorAttacks {

    private SupervisorAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                Attack.of("ptrace, memory and descriptors of PID 1", "trace", SupervisorAttacks::trace),
                Attack.of("killing every process", "kill-all 9", (result, shell) -> {
                    assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.empty()));
                    assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
                    return "the shell ended and that is reported; PID 1 lives and starts another";
                }),
                Attack.of("stopping every process", "kill-all 19", (result, shell) -> {
                            assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(1)));
                            assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
                            return "all killed at the time limit; PID 1 lives";
                        })
                        .within("1s"),
                Attack.of("flooding the protocol's descriptors", "flood-descriptors", SupervisorAttacks::flood),
                Attack.of("forged end of a command", "forge", SupervisorAttacks::forge));
    }

    private static String trace(CommandResult result, Shell shell) {
        List<String> lines = Attack.lines(result);
        assertThat(lines).hasSize(9).startsWith("trace a child: done");
        Attack.assertAllFailed(lines.subList(1, lines.size()), "EPERM", "EACCES");
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        return "denied: its program cannot be read";
    }

    /** By design, the attack reaches its own shell, but not PID 1. */
    private static String flood(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        List<String> ofPid1 = result.stdout().lines().filter(line -> line.contains(" of PID 1: ")).toList();
        assertThat(ofPid1).hasSize(21);
        Attack.assertAllFailed(ofPid1, "EACCES", "EPERM");
        assertThat(result.stdout()
                        .lines()
                        .filter(line -> line.contains(" of its shell, ") && !line.contains("/dev/null")))
                .as("pipes of its own shell that took bytes")
                .anyMatch(line -> line.matches(".*: [1-9][0-9]* (EAGAIN|done)"));
        String after = codesAfterwards(shell);
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        return "its own shell reads junk, then " + after + "; PID 1's descriptors cannot be opened";
    }

    /**
     * Runs commands that end with different codes: each reported code is the true one, or no code is reported.
     */
    private static String codesAfterwards(Shell shell) {
        Duration limit = Duration.ofSeconds(2);
        try {
            for (int code = 1; code < 9; code++) {
                Outcome outcome = shell.run(Command.of("(exit " + code + ")").timeLimit(limit)).outcome();
                if (!(outcome instanceof Outcome.ShellExited)) {
                    assertThat(outcome).isIn(new Outcome.Exited(code), new Outcome.TimedOut(limit));
                }
            }
            assertThat(shell.run(Command.of("sleep 60").timeLimit("500ms")).duration())
                    .isLessThan(Duration.ofSeconds(10));
            return "no code is false";
        } catch (SandboxLostException e) {
            shell.reset();
            return "the loss is reported";
        }
    }

    /** By design, worker and commands run as one user, and any output of a sandbox is only a claim of that user. */
    private static String forge(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        String nonce = result.stdout();
        assertThat(nonce).hasSize(22);
        shell.reset();
        assertThat(shell.run("exec perl -e 'exit 9'").outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(9)));
        shell.copyIn(AttackIT.program(), AttackIT.PROGRAM);
        assertThat(shell.run("perl " + AttackIT.PROGRAM + " forge").stdout()).hasSize(22).isNotEqualTo(nonce);
        return "code 0 forged for 9, as any user of a sandbox can; after a reset true codes and another nonce";
    }
}
