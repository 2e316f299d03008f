package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.ShellKind;

/** The text that each new shell of a sandbox starts with. */
class ShellInitIT {

    @ParameterizedTest
    @EnumSource
    void runsInEachNewShellBeforeItsFirstCommand(ShellKind kind) {
        String init = "echo ignored\ngreet() { echo \"hello $1 $count\"; }\ncount=$((count + 1))";
        try (Shell shell = Shell.open(kind.spec().init(init))) {
            assertThat(shell.run("greet first").stdout()).isEqualTo("hello first 1\n");
            assertThat(shell.run("greet again").stdout()).isEqualTo("hello again 1\n");

            shell.run(Command.of("count=5; sleep 60").timeLimit("0.2s"));
            assertThat(shell.run("greet afterTheLimit").stdout()).isEqualTo("hello afterTheLimit 1\n");

            assertThat(shell.run("count=5; exit 3").outcome()).isEqualTo(new Outcome.ShellExited(OptionalInt.of(3)));
            assertThat(shell.run("greet afterExit").stdout()).isEqualTo("hello afterExit 1\n");

            shell.run("count=5; (sleep 0.1; kill -9 $$) &");
            shell.run("while :; do sleep 0.1; done");
            assertThat(shell.run("greet afterKill").stdout()).isEqualTo("hello afterKill 1\n");

            shell.reset();
            assertThat(shell.run(Command.of("greet \"$V\"").environment("V", "reset")).stdout())
                    .isEqualTo("hello reset 1\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsFilesThatWereCopiedInBefore(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec().init(". /work/lib.sh"))) {
            shell.copyInText("set -u\nlib() { echo lib; }\n", "lib.sh");

            assertThat(shell.run("lib; echo $-").stdout()).startsWith("lib\n").contains("u");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsACommandFromRunningWhereItFails(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec().init("test -e ready || { echo 'not ready' >&2; false; }"))) {
            CommandResult early = shell.run("touch ran");
            shell.copyInText("", "ready");
            CommandResult late = shell.run("ls");

            assertThat(early.outcome()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(early.outcome().toString())
                    .startsWith("did not start: the text that its shell starts with (init) failed, see stderr");
            assertThat(early.stderr()).isEqualTo("not ready\n");
            assertThat(late.stdout()).isEqualTo("ready\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAnInitThatEndsItsShell(ShellKind kind) {
        try (Shell shell = Shell.open(kind.spec().init("exit 3"))) {
            assertThat(shell.run("true").outcome()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(shell.run("true").outcome()).isInstanceOf(Outcome.NotStarted.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isOfNoOtherSandboxThatGetsItsContainer(ShellKind kind) {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0).max(1))) {
            pool.call(kind.spec().init("v=1"), shell -> shell.run("true"));

            assertThat(pool.<String>call(kind.spec(), shell -> shell.run("echo \"<${v-}>\"").stdout()))
                    .isEqualTo("<>\n");
        }
    }
}
