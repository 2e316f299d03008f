package org.junitsandbox.shell.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.TransferException;

/** Effects of one command on the next, in every shell, which a comparison of single commands cannot show. */
@ParameterizedClass(name = "containers cleaned {0} times before")
@ValueSource(ints = {0, 1, 10, 100})
class CommandSequenceIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private static RecycledShells shells;

    @Parameter
    int times;

    @BeforeParameterizedClassInvocation
    static void open(int times) {
        shells = new RecycledShells(times);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shells.close();
    }

    @AfterEach
    void startAnotherShellProcess() {
        for (ShellKind kind : ShellKind.values()) {
            assertThat(shell(kind).run("kill -9 $$").outcome())
                    .isEqualTo(new Outcome.ShellExited(OptionalInt.of(137)));
        }
    }

    /** Returns how often something is done that few attempts could miss: in a used container less often. */
    private int attempts(int inNewContainer) {
        return times == 0 ? inNewContainer : inNewContainer / 10;
    }

    private static Shell shell(ShellKind kind) {
        return shells.of(kind);
    }

    /**
     * A background process of one command kills the shell at about the time that the command ends. The next command may
     * lose its shell, but not its output.
     */
    @ParameterizedTest
    @EnumSource
    void keepsTheOutputOfACommandAfterAKilledShell(ShellKind kind) {
        for (int i = 0; i < attempts(200); i++) {
            shell(kind).run("(sleep 0.005; kill -9 $$) & sleep 0.005");
            CommandResult next = shell(kind).run("/bin/echo alive");
            if (next.outcome() instanceof Outcome.Exited) {
                assertThat(next.stdout()).as("command %d", i).isEqualTo("alive\n");
            } else {
                assertThat(next.outcome()).isInstanceOfAny(Outcome.ShellExited.class, Outcome.NotStarted.class);
            }
        }
        // Ends the last of those background processes as well.
        shell(kind).run(Command.of("sleep 100").timeLimit("10ms"));
    }

    /** bash then discards the rest of the line, including the supervisor's code that reports the end of the command. */
    @ParameterizedTest
    @EnumSource
    void endsACommandAtAnExitWithTooManyArguments(ShellKind kind) {
        CommandResult result = shell(kind).run("cd /tmp; exit 1 2; echo after");

        assertThat(result.outcome())
                .isEqualTo(kind == ShellKind.BASH ? new Outcome.Exited(1) : new Outcome.ShellExited(OptionalInt.of(1)));
        assertThat(shell(kind).run("pwd; (exit 4)")).satisfies(next -> {
            assertThat(next.stdout()).isEqualTo(kind == ShellKind.BASH ? "/tmp\n" : "/work\n");
            assertThat(next.exitCode()).isEqualTo(4);
        });
    }

    /** A long command is stored in a file before it runs. */
    @ParameterizedTest
    @EnumSource
    void passesTheExitStatusToALongCommand(ShellKind kind) {
        String longText = ": a line\n".repeat(100);
        shell(kind).run("cd /nowhere; (exit 7)");

        assertThat(shell(kind).run("echo $?; set -eu; (exit 3)\n" + longText).stdout()).isEqualTo("7\n");
        assertThat(shell(kind).run("(exit 5)").exitCode()).isEqualTo(5);
        assertThat(shell(kind).run("exit\n" + longText).outcome())
                .isEqualTo(new Outcome.ShellExited(OptionalInt.of(5)));
        assertThat(shell(kind).run("# nothing\n".repeat(100)).outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void reportsThatALongCommandNeedsCat() {
        try (Shell shell = Shell.open(ShellKind.DASH.spec().setup("rm /bin/cat"))) {
            CommandResult result = shell.run("echo a\n" + ": a line\n".repeat(100));

            assertThat(result.outcome()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(result.stdout()).isEmpty();
            assertThat(result.stderr())
                    .isEqualTo("sandbox: cat did not bring this command, which is too long to go without\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsAShellAfterSetMinusNAtTheTimeLimit(ShellKind kind) {
        CommandResult result = shell(kind).run(Command.of("echo before; set -n").timeLimit("2s"));

        assertThat(result.outcome()).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(2)));
        assertThat(result.stdout()).isEqualTo("before\n");
        assertThat(shell(kind).run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @ParameterizedTest
    @EnumSource
    void runsCommandsAfterAFunctionNamedCommand(ShellKind kind) {
        shell(kind).run(Command.of("command() { echo function; }").timeLimit("2s"));

        CommandResult next = shell(kind).run(Command.of("echo alive; exit 3").timeLimit("2s"));
        CommandResult last = shell(kind).run("echo alive");

        assertThat(next.outcome()).isNotInstanceOf(Outcome.Exited.class);
        assertThat(last.stdout()).isEqualTo("alive\n");
        assertThat(last.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @EnumSource
    void survivesAKillOfTheWatcher(ShellKind kind) {
        shell(kind).run("lost=1");

        // A kill is not immediate: PID 1 sees the death only once the watcher is a zombie or gone.
        CommandResult result = shell(kind)
                .run("kill -9 $PPID; while grep -q '^State:.[RSD]' /proc/$PPID/status 2>/dev/null; do :; done;"
                        + " echo killed");

        if (result.outcome().equals(new Outcome.Exited(0))) {
            assertThat(result.stdout()).isEqualTo("killed\n");
        } else {
            // On a busy machine, a "ping" comes first, which ends what has no watcher any more.
            assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.empty()));
            assertThat(result.stdout()).isIn("", "killed\n");
        }
        assertThat(shell(kind).run("echo \"<${lost-}>\"").stdout()).isEqualTo("<>\n");
    }

    @ParameterizedTest
    @EnumSource
    void distinguishesTheEndOfAShellFromThatOfTheNextCommand(ShellKind kind) {
        int attempts = attempts(20);
        for (int i = 0; i < attempts; i++) {
            // The kill comes at about the time of the first "ping" after a long command.
            int millis = 90 + 20 * i / attempts;
            CommandResult first = shell(kind).run("sleep 0.%03d; kill -9 $PPID".formatted(millis));

            CommandResult next = shell(kind).run("echo alive");

            assertThat(first.outcome()).isNotInstanceOf(Outcome.TimedOut.class);
            assertThat(next.stdout()).isEqualTo("alive\n");
            assertThat(next.outcome()).isEqualTo(new Outcome.Exited(0));
        }
        // The last watcher may be dying still. The end of its shell can then be reported without a status.
        assertThat(shell(kind).run("kill -9 $$").outcome()).isInstanceOf(Outcome.ShellExited.class);
    }

    @ParameterizedTest
    @EnumSource
    void runsEveryCommandAfterOneThatEndedItsShell(ShellKind kind) {
        for (int i = 0; i < attempts(200); i++) {
            assertThat(shell(kind).run("exit " + i).outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(i)));

            CommandResult next = shell(kind).run("echo alive");

            assertThat(next.stdout()).as("attempt " + i).isEqualTo("alive\n");
            assertThat(next.outcome()).isEqualTo(new Outcome.Exited(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesAKillOfTheShellAndItsWatcher(ShellKind kind) {
        CommandResult result = shell(kind).run("kill -9 $PPID $$; echo no");

        assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.empty()));
        assertThat(result.stdout()).isEmpty();
        assertThat(shell(kind).run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @ParameterizedTest
    @EnumSource
    void runsACommandOfOneMebibyte(ShellKind kind) {
        CommandResult result = shell(kind).run("text='" + "x".repeat(1 << 20) + "'; echo ${#text}; (exit 5)");

        assertThat(result.stdout()).isEqualTo((1 << 20) + "\n");
        assertThat(result.stderr()).isEmpty();
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(5));
    }

    /** Its begin on stderr waits for room there, and the ends of orphans disturb that. */
    @ParameterizedTest
    @EnumSource
    void keepsTheErrorsOfACommandAmidAFlood(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("(while :; do (sleep 0.01 &); sleep 0.01; done) & yes flood >&2 & yes flood >&2 &");
        for (int i = 0; i < 20; i++) {
            String line = "line " + i;

            CommandResult result = shell.run(Command.of("echo '" + line + "' >&2").outputLimit("256MiB"));

            assertThat(result.stderr()).contains(line);
        }
        byte[] much = new byte[16 << 20];
        shell.copyIn(much, "much");
        assertThat(shell.run("wc -c <much").stdout().strip()).isEqualTo(String.valueOf(much.length));
        assertThat(shell.run(Command.of("sleep 60").timeLimit("100ms")).outcome())
                .isInstanceOf(Outcome.TimedOut.class);
    }

    /** What says how it has ended waits for room there, and the ends of the shell's children disturb that. */
    @ParameterizedTest
    @EnumSource
    void endsACommandAmidAFlood(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("yes flood & yes flood &");
        for (int i = 0; i < 10; i++) {
            Command command = Command.of("for delay in 0.01 0.02 0.05 0.1 0.2; do sleep $delay & done; (exit 7)")
                    .outputLimit("256MiB");

            assertThat(shell.run(command).outcome()).isEqualTo(new Outcome.Exited(7));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsBackgroundOutputBetweenTwoCommandsOutOfTheNext(ShellKind kind) throws Exception {
        String container = EngineExec.containerOf(shell(kind));
        CommandResult first = shell(kind)
                .run("(while ! test -e go; do sleep 0.02; done; echo late; echo late >&2; : >done) & echo now");
        EngineExec.run(container, "/bin/sh", ": >go");
        Eventually.await(
                "the background process has written",
                LIMIT,
                () -> EngineExec.run(container, "/bin/sh", "ls").stdout().lines().toList(),
                files -> files.contains("done"));

        CommandResult next = shell(kind).run("rm go done; echo next");

        assertThat(first.stdout()).isEqualTo("now\n");
        assertThat(next.stdout()).isEqualTo("next\n");
        assertThat(next.stderr()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void passesTheExitStatusToTheNextCommand(ShellKind kind) {
        shell(kind).run("false");
        assertThat(shell(kind).run("echo $?").stdout()).isEqualTo("1\n");
        assertThat(shell(kind).run("echo $?").stdout()).isEqualTo("0\n");
        shell(kind).run("(exit 200)");
        assertThat(shell(kind).run("exit").outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(200)));
        assertThat(shell(kind).run("echo $?").stdout()).isEqualTo("0\n");
    }

    @ParameterizedTest
    @EnumSource
    void runsACommandAfterOneThatRedefinedExitAndFailed(ShellKind kind) {
        shell(kind).run((kind == ShellKind.BASH ? "exit() { true; }" : "alias exit=true") + "; false");

        assertThat(shell(kind).run("echo alive $?").stdout()).isEqualTo("alive 1\n");
    }

    @ParameterizedTest
    @EnumSource
    void preservesTheExitStatusAndSetMinusEInItsOwnCalls(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("set -e; kept=1");
        shell.run("if (exit 7); then :; fi; ! true || (exit 7) || true; kept=2");
        assertThatThrownBy(() -> shell.copyOut("missing")).isInstanceOf(TransferException.class);
        assertThat(shell.run("echo $kept").stdout()).isEqualTo("2\n");

        shell.run("set +e; (exit 7)");
        assertThatThrownBy(() -> shell.copyOut("missing")).isInstanceOf(TransferException.class);
        shell.copyIn(new byte[] {1}, "there");
        assertThat(shell.status("there")).isPresent();
        assertThat(shell.run("echo $?").stdout()).isEqualTo("7\n");
    }

    @ParameterizedTest
    @EnumSource
    void returnsItsOwnResultForEachOfManyCommands(ShellKind kind) {
        for (int i = 0; i < attempts(kind == ShellKind.DASH ? 10_000 : 1_000); i++) {
            CommandResult result = shell(kind)
                    .run("echo out " + i + "; echo err " + i + " >&2; (exit " + i % 256 + ")");

            if (!result.stdout().equals("out " + i + "\n")
                    || !result.stderr().equals("err " + i + "\n")
                    || !result.outcome().equals(new Outcome.Exited(i % 256))) {
                throw new AssertionError("Command " + i + " had the result " + result);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"set -u; echo $no_such_variable; echo b", "echo ${no_such_variable?is not set}; echo b"})
    void endsBashAtAnExpansionErrorAsInAScript(String text) throws EngineException {
        try (EngineExec exec = EngineExec.plain(ShellKind.BASH.spec())) {
            EngineExec.Result script = exec.run("bash <<'E'\n" + text + "\nE");

            CommandResult result = shell(ShellKind.BASH).run(text);

            assertThat(result.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(script.exitCode())));
            assertThat(result.stdout()).isEqualTo(script.stdout());
        }
    }
}
