package org.junitsandbox.shell.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.TransferException;

/** What a command changes in its shell has no part in how the next one starts, nor in what the library does itself. */
class ShellStateIT {

    private static final Map<ShellKind, Shell> SHELLS = new EnumMap<>(ShellKind.class);

    @BeforeAll
    static void open() {
        for (ShellKind kind : ShellKind.values()) {
            SHELLS.put(kind, Shell.open(kind.spec()));
        }
    }

    @AfterAll
    static void close() {
        SHELLS.values().forEach(Shell::close);
    }

    @AfterEach
    void reset() {
        SHELLS.values().forEach(Shell::reset);
    }

    private static Shell shell(ShellKind kind) {
        return Objects.requireNonNull(SHELLS.get(kind));
    }

    private static void assertAlive(ShellKind kind) {
        CommandResult next = shell(kind).run("echo alive");
        assertThat(next.stdout()).isEqualTo("alive\n");
        assertThat(next.outcome()).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @EnumSource
    void letsACommandCopyItsStdin(ShellKind kind) {
        CommandResult result = shell(kind)
                .run(Command.of("exec 3<&0 4<&0; read -r a <&3; { read -r b; } 5<&4 <&5; echo \"$a $b\"")
                        .stdin("first\nsecond\n"));

        assertThat(result.stdout()).startsWith("first ");
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
        assertAlive(kind);
    }

    @ParameterizedTest
    @EnumSource(names = "BUSYBOX")
    void leavesDescriptorsFrom10OnToCommands(ShellKind kind) {
        String numbers = "for n in 10 11 12 13 14 15 16 17 63 99 200; do ";

        CommandResult opened = shell(kind).run(numbers + "eval \"exec $n>f$n; echo one >&$n\"; done");
        CommandResult used = shell(kind).run(numbers + "eval \"echo two >&$n\"; done; cat f*");
        CommandResult closed = shell(kind).run(numbers + "eval \"exec $n>&-\"; done");

        assertThat(opened.stdout() + opened.stderr()).isEmpty();
        assertThat(used.stdout()).isEqualTo("one\ntwo\n".repeat(11));
        assertThat(closed.outcome()).isEqualTo(new Outcome.Exited(0));
        assertThat(shell(kind).run("echo x >&10").succeeded()).isFalse();
        assertAlive(kind);
    }

    @ParameterizedTest
    @CsvSource({"DASH, 13", "BUSYBOX, 30", "BUSYBOX, 13"})
    void reportsACommandThatItsShellHasNoDescriptorsFor(ShellKind kind, int limit) {
        CommandResult first = shell(kind).run("ulimit -n " + limit + "; (exit 3)");
        CommandResult second = shell(kind).run("echo a >ran");

        assertThat(first.outcome()).isEqualTo(new Outcome.Exited(3));
        assertThat(second.outcome()).isInstanceOf(Outcome.NotStarted.class);
        assertThat(second.outcome().exitCode()).isEmpty();
        assertThat(shell(kind).run("ls").stdout()).isEmpty();
        assertAlive(kind);
    }

    @ParameterizedTest
    @CsvSource({"DASH, 20", "BUSYBOX, 50", "BASH, 50", "BASH, 13", "BASH, 9"})
    void runsCommandsWithFewDescriptors(ShellKind kind, int limit) {
        shell(kind).run("ulimit -n " + limit);

        assertAlive(kind);
        assertAlive(kind);
    }

    @ParameterizedTest
    @EnumSource
    void runsALongCommandWhereTheEnvironmentLeavesNoRoomForAProgram(ShellKind kind) {
        shell(kind).run("export X=$(head -c 130000 /dev/zero | tr '\\0' x)");
        shell(kind).run("i=0; while [ $i -lt 20 ]; do export X$i=\"$X\"; i=$((i + 1)); done");

        CommandResult result = shell(kind).run(": " + "x".repeat(9000) + "\necho long; (exit 4)");

        assertThat(result.stdout()).isEqualTo("long\n");
        assertThat(result.outcome()).isEqualTo(new Outcome.Exited(4));
    }

    @ParameterizedTest
    @EnumSource(names = {"DASH", "BUSYBOX"})
    void needsNoProcessToStartACommand(ShellKind kind) {
        shell(kind).run("while :; do sleep 100 & done 2>/dev/null");

        assertThat(shell(kind).run("! :").outcome()).isEqualTo(new Outcome.Exited(1));
        assertThat(shell(kind).run("echo $?").stdout()).isEqualTo("1\n");
        assertThatThrownBy(() -> shell(kind).copyOut("f"))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("no process could be started");
        CommandResult withDirectory = shell(kind).run(Command.of("echo a").directory("/tmp"));
        assertThat(withDirectory.outcome()).isInstanceOf(Outcome.NotStarted.class);
        assertAlive(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set -T; trap 'echo \"echo trap\"' DEBUG", "BASH_XTRACEFD=1; set -x"})
    void runsALongCommandInBashAsItWasSent(String state) {
        shell(ShellKind.BASH).run(state);

        CommandResult longer = shell(ShellKind.BASH).run(": " + "x".repeat(9000) + "\necho long");
        CommandResult lines = shell(ShellKind.BASH).run(":\n".repeat(70) + "echo lines");

        assertThat(longer.stdoutLines())
                .filteredOn(line -> !line.matches("echo trap|\\+\\+ .*"))
                .containsExactly("long");
        assertThat(lines.stdoutLines())
                .filteredOn(line -> !line.matches("echo trap|\\+\\+ .*"))
                .containsExactly("lines");
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsOwnCommandsOutOfReach(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("mkdir sub; cd sub; echo content >file; ulimit -n 48; PATH=/nowhere; IFS=abcdefgh; set -x; set -e"
                + "; cat() { echo function; }; stat() { echo function; }; alias test=false"
                + "; trap 'echo trap' CHLD USR1" + (kind == ShellKind.BASH ? " DEBUG ERR RETURN; set -T" : ""));

        assertThat(shell.copyOutText("file")).isEqualTo("content\n");
        assertThat(shell.status("../sub")).isPresent();
        shell.copyInText("new", "file");
        assertThat(shell.copyOutText("/work/sub/file")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    void refusesToCopyWhereTheDirectoryOfTheShellCannotBeEntered(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("mkdir closed; echo home >f; cd closed; echo deep >f; chmod 000 .");

        assertThatThrownBy(() -> shell.copyOutText("f"))
                .isInstanceOf(TransferException.class)
                .hasMessageEndingWith("the directory of the shell cannot be entered, or the shell was killed");
        assertThatThrownBy(() -> shell.copyInText("new", "g")).isInstanceOf(TransferException.class);

        assertThat(shell.run("cd /work; ls; chmod 700 closed; ls closed").stdout()).isEqualTo("closed\nf\nf\n");
    }

    /** It would run beside the supervisor, with more than a command's rights. */
    @ParameterizedTest
    @EnumSource
    void takesNoTextOfItsOwnCommandsFromAPlaceOfCommands(ShellKind kind) {
        Shell shell = shell(kind);
        shell.run("echo ': >/work/fallen' >/tmp/evil; (while :; do for f in /dev/shm/.*.text; do"
                + " if [ -e $f ]; then cat /tmp/evil >$f; fi; done; done) >/dev/null 2>&1 &");
        // With so many lines, a user's command would be stored.
        String name = "a" + "\n".repeat(16);

        for (int i = 0; i < 20; i++) {
            shell.copyInText("content", "folder/" + name);
        }

        assertThat(shell.copyOutText("folder/" + name)).isEqualTo("content");
        assertThat(shell.status("/work/fallen")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsItsOwnDirectoryWhateverPwdHolds(ShellKind kind) {
        shell(kind).run("mkdir sub; cd sub; PWD=/tmp; mv /work/sub /work/moved");

        shell(kind).copyInText("x", "file");

        assertThat(shell(kind).copyOutText("/work/moved/file")).isEqualTo("x");
    }

    @ParameterizedTest
    @EnumSource
    void entersTheDirectoryOfACommandSilentlyAndNoOther(ShellKind kind) {
        shell(kind).run("mkdir -p a/sub sub ./-; CDPATH=/work/a; export CDPATH; set -x");

        CommandResult sub = shell(kind).run(Command.of("pwd").directory("sub").environment("A", "b"));
        CommandResult dash = shell(kind).run(Command.of("pwd").directory("-"));

        assertThat(sub.stdout()).isEqualTo("/work/sub\n");
        assertThat(sub.stderr()).matches("\\++ pwd\n");
        assertThat(dash.stdout()).isEqualTo("/work/-\n");
    }

    @ParameterizedTest
    @EnumSource
    void reportsThatAShellEndedBetweenTwoCommands(ShellKind kind) throws Exception {
        String container = EngineExec.containerOf(shell(kind));
        shell(kind).run("v=1; cd /tmp; (while ! test -e /work/go; do sleep 0.02; done; kill -9 $$; : >/work/gone) &");
        EngineExec.run(container, "/bin/sh", ": >/work/go");
        Eventually.await(
                "the shell was killed",
                Duration.ofSeconds(10),
                () -> EngineExec.run(container, "/bin/sh", "ls /work").stdout().lines().toList(),
                files -> files.contains("gone"));

        CommandResult next = shell(kind).run("pwd; echo \"<${v-}>\"");

        assertThat(next.stdout()).isEqualTo("/work\n<>\n");
        assertThat(next.shellRestart()).hasValueSatisfying(
                restart -> assertThat(restart).contains("ended between two commands"));
        assertThat(next.directory()).isEqualTo("/work");
    }

    @ParameterizedTest
    @EnumSource
    void reportsTheCodeOfAShellThatEndsItsProcessGroup(ShellKind kind) {
        assertThat(shell(kind).run("kill 0").outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(128 + 15)));
        assertAlive(kind);
    }

    /** In busybox they are ignored, as an image with it has no program that could change that. */
    @ParameterizedTest
    @EnumSource(names = {"DASH", "BASH"})
    void letsSignalsOfTheKeyboardDoWhatTheyDoInTheForeground(ShellKind kind) {
        CommandResult killed = shell(kind).run("sh -c 'kill -INT $$'; echo $?; sh -c 'kill -QUIT $$'; echo $?");
        CommandResult caught = shell(kind).run("trap 'echo caught' INT; kill -INT $$; trap - INT");
        CommandResult ended = shell(kind).run("kill -INT $$");

        assertThat(killed.stdout()).isEqualTo("130\n131\n");
        assertThat(caught.stdout()).isEqualTo("caught\n");
        assertThat(ended.outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(128 + 2)));
        assertAlive(kind);
    }

    /** As at a terminal. */
    @ParameterizedTest
    @EnumSource
    void countsOutputOfABackgroundProcessAsThatOfTheCommandThatRuns(ShellKind kind) {
        shell(kind).run("(while ! test -e go; do sleep 0.02; done; echo late; : >done) &");

        CommandResult result = shell(kind).run(": >go; while ! test -e done; do sleep 0.02; done; echo now");

        assertThat(result.stdout()).isEqualTo("late\nnow\n");
    }

    /** Nor does bash itself, when it runs a script. */
    @ParameterizedTest
    @EnumSource(names = {"BASH", "BUSYBOX"})
    void doesNotWaitForAProcessSubstitutionThatIsWrittenTo(ShellKind kind) {
        shell(kind).run("echo a > >(while ! test -e go; do sleep 0.02; done; cat >copy; : >done)");

        assertThat(shell(kind).run("test -e copy").exitCode()).isEqualTo(1);
        assertThat(shell(kind).run(": >go; while ! test -e done; do sleep 0.02; done; cat copy").stdout())
                .isEqualTo("a\n");
    }

    @ParameterizedTest
    @EnumSource
    void showsWhatAnExitTrapWritesToStdout(ShellKind kind) {
        CommandResult exit = shell(kind).run("trap 'echo bye' EXIT; exit 2");
        CommandResult failure = shell(kind).run("trap 'echo bye' EXIT; set -e; false");

        assertThat(exit.stdout()).isEqualTo("bye\n");
        assertThat(failure.stdout()).isEqualTo(kind == ShellKind.BASH ? "" : "bye\n");
    }

    /** In busybox also with a redirection of another built-in than the library's. */
    @ParameterizedTest
    @EnumSource
    void showsTheExitTrapOfASubstitutionInBusyboxOutsideOfIt(ShellKind kind) {
        CommandResult result = shell(kind).run("x=$(trap 'echo bar' EXIT); echo \"<$x>\"");

        assertThat(result.stdout()).isEqualTo(kind == ShellKind.BUSYBOX ? "bar\n<>\n" : "<bar>\n");
    }

    @Test
    void dropsTheRestOfATextInBashAfterSomeErrors() {
        CommandResult result = shell(ShellKind.BASH).run("v=1\nexit 1 2\necho rest");

        assertThat(result.stdout()).isEmpty();
        assertThat(result.outcome()).isInstanceOf(Outcome.Exited.class);
        assertThat(shell(ShellKind.BASH).run("echo $v").stdout()).isEqualTo("1\n");
    }

    @Test
    void writesNothingOfItsOwnWhereACommandOpensItsDescriptors() {
        Shell shell = shell(ShellKind.BUSYBOX);
        shell.run("exec 40>/tmp/file; set -x");
        shell.run(":");

        assertThat(shell.run("set +x; cat /tmp/file").stdout()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void losesTheShellAndNotTheSandboxToAFunctionNamedCommand(ShellKind kind) {
        for (String body : new String[] {"echo function", "return 3", "eval \"$@\"", "exit 5", "echo \"$@\""}) {
            shell(kind).run(Command.of("command() { " + body + "; }").timeLimit("1s"));
            shell(kind).run(Command.of(":").timeLimit("1s"));

            assertAlive(kind);
        }
    }
}
