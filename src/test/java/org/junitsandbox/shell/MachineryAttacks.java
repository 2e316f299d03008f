package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Attacks on what makes a container a sandbox: PID 1, the worker shell, their descriptors and markers. */
final class MachineryAttacks {

    private MachineryAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                Attack.of("ptrace, memory and descriptors of PID 1", "trace", MachineryAttacks::trace),
                Attack.of("killing every process", "kill-all 9", (result, shell) -> {
                    assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.empty()));
                    assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
                    return "the shell ended, told as that; PID 1 lives and starts another";
                }),
                Attack.of("stopping every process", "kill-all 19", (result, shell) -> {
                            assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(1)));
                            assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
                            return "all killed at the time limit; PID 1 lives";
                        })
                        .within("1s"),
                Attack.of("flooding the protocol's descriptors", "flood-descriptors", (result, shell) -> {
                    assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
                    assertThat(shell.run(Command.of("sleep 60").timeLimit("500ms")).duration())
                            .isLessThan(Duration.ofSeconds(10));
                    return "its own shell reads junk; PID 1's descriptors cannot be opened";
                }),
                Attack.of("forged end of a command", "forge", MachineryAttacks::forge));
    }

    private static String trace(CommandResult result, Shell shell) {
        List<String> lines = Attack.lines(result);
        assertThat(lines).hasSize(9).startsWith("trace a child: done");
        Attack.assertAllFailed(lines.subList(1, lines.size()), "EPERM", "EACCES");
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
        return "denied: its program cannot be read";
    }

    /** By design: the worker and its commands are one user's, and what is said in a sandbox is that user's claim. */
    private static String forge(CommandResult result, Shell shell) {
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        String nonce = result.stdout();
        assertThat(nonce).hasSize(22);
        shell.reset();
        assertThat(shell.run("exec perl -e 'exit 9'").outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(9)));
        shell.copyIn(AttackIT.program(), AttackIT.PROGRAM);
        assertThat(shell.run("perl " + AttackIT.PROGRAM + " forge").stdout()).hasSize(22).isNotEqualTo(nonce);
        return "code 0 forged for 9, that user's claim; after a reset true codes and another nonce";
    }
}
