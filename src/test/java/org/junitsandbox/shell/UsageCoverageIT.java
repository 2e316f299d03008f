package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.spec.UsageReading;

/** What a usage covers: all that a sandbox did between two readings. */
@Timeout(120)
class UsageCoverageIT {

    private static final SandboxSpec SPEC = ShellKind.DASH.spec();

    /** Takes some tenths of a second of CPU time on any machine of today. */
    private static final String BURN = "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done'";

    @Test
    void coversAllThatTheSandboxDidSinceTheLastReading() {
        try (Shell shell = Shell.open(SPEC)) {
            CommandResult first = shell.run("true");
            shell.copyIn(new byte[4], "file");
            CommandResult second = shell.run("cat", "file");
            Usage usage = second.usage();

            assertThat(usage.activities())
                    .containsExactly("running `true`", "copying 4 bytes to file", "running `'cat' 'file'`");
            assertThat(usage.activityCount()).isEqualTo(3);
            assertThat(first.usage()).isSameAs(usage);
            assertThat(second.usage()).isSameAs(usage);

            CommandResult third = shell.run("false");
            assertThat(third.usage().activities()).containsExactly("running `false`");
            assertThat(shell.usage().activities()).hasSize(4).startsWith("running `true`").endsWith("running `false`");
        }
    }

    @Test
    void coversWhatCameAfterTheCommandIfItIsReadLater() {
        try (Shell shell = Shell.open(SPEC)) {
            shell.usage();
            CommandResult first = shell.run("true");
            shell.run(BURN);

            assertThat(first.usage().activityCount()).isEqualTo(2);
            assertThat(first.usage().cpuTime().value()).isGreaterThan(Duration.ofMillis(50));
        }
    }

    @Test
    void isSetApartByAReadingBefore() {
        try (Shell shell = Shell.open(SPEC)) {
            shell.run(BURN);
            shell.usage();
            Usage usage = shell.run("true").usage();

            assertThat(usage.activities()).containsExactly("running `true`");
            assertThat(usage.cpuTime().value()).isLessThan(Duration.ofMillis(50));
        }
    }

    @Test
    void isThatOfEachCommandAloneIfAskedFor() {
        try (Shell shell = Shell.open(SPEC.usage(UsageReading.EACH_COMMAND))) {
            CommandResult first = shell.run(BURN);
            shell.copyIn(new byte[4], "file");
            CommandResult second = shell.run("true");
            CommandResult third = shell.run(BURN);

            assertThat(List.of(first, second, third))
                    .allSatisfy(result -> assertThat(result.usage().activities())
                            .containsExactly("running `" + result.command() + "`"));
            assertThat(first.usage().cpuTime().value()).isGreaterThan(Duration.ofMillis(50));
            assertThat(second.usage().cpuTime().value()).isLessThan(Duration.ofMillis(50));
            shell.reset();
            assertThat(third.usage().cpuTime().value()).isGreaterThan(Duration.ofMillis(50));
        }
    }

    @Test
    void isUnknownAfterAReset() {
        try (Shell shell = Shell.open(SPEC)) {
            CommandResult result = shell.run("true");
            CommandResult read = shell.run("true");
            Usage usage = read.usage();
            CommandResult unread = shell.run("true");
            shell.reset();

            assertThat(read.usage()).isSameAs(usage);
            assertThat(result.usage().cpuTime().isExact()).isTrue();
            assertThat(unread.usage().cpuTime())
                    .isEqualTo(Figure.unknown("the sandbox was reset before its counters were read"));
            assertThat(unread.usage().wallTime()).isEqualTo(unread.duration());
            assertThat(unread.usage().network().withoutRoute().reason())
                    .contains("the sandbox was reset before its counters were read");
        }
    }

    @Test
    void isUnknownAfterTheShellWasClosed() {
        CommandResult result;
        try (Shell shell = Shell.open(SPEC)) {
            result = shell.run("true");
        }

        assertThat(result.usage().peakMemory())
                .isEqualTo(Figure.unknown("the shell was closed before the sandbox's counters were read"));
    }

    @Test
    void isUnknownAfterTheSandboxWasLost() {
        try (Shell shell = Shell.open(SPEC)) {
            CommandResult result = shell.run("true");
            EngineExec.kill(shell);

            assertThat(result.usage().peakMemory().reason().orElseThrow())
                    .startsWith("the sandbox was lost before its counters were read: ");
        }
    }

    @Test
    void beginsAnewInAContainerThatWasCleaned() {
        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.spares(0))) {
            try (Shell shell = pool.open(SPEC)) {
                shell.run(BURN + "; head -c 40000000 /dev/zero >big; getent hosts example.org");
                assertThat(shell.usage().cpuTime().value()).isGreaterThan(Duration.ofMillis(50));
            }
            try (Shell shell = pool.open(SPEC)) {
                Usage usage = shell.run("true").usage();

                assertThat(usage.activities()).containsExactly("running `true`");
                assertThat(usage.cpuTime().value()).isLessThan(Duration.ofMillis(50));
                assertThat(usage.network().withoutRoute().value()).isZero();
                assertThat(shell.usage().network().withoutRoute().value()).isZero();
            }
        }
    }

    @Test
    void isReadWhenCommandsInTheBackgroundHaveEnded() throws Exception {
        try (Shell shell = Shell.open(SPEC)) {
            shell.usage();
            CommandResult first = shell.run("true");
            CompletableFuture<CommandResult> later = shell.runAsync("sleep 0.2; " + BURN);

            assertThat(first.usage().activityCount()).isEqualTo(2);
            assertThat(first.usage().cpuTime().value()).isGreaterThan(Duration.ofMillis(50));
            assertThat(later.get().usage()).isSameAs(first.usage());
        }
    }

    @Test
    void cannotBeReadByAListenerOfItsShell() {
        try (Shell shell = Shell.open(SPEC)) {
            CommandResult before = shell.run("true");

            assertThatIllegalStateException()
                    .isThrownBy(() -> shell.run(Command.of("echo x").onOutput((stream, bytes) -> before.usage())))
                    .withMessageStartingWith("Cannot read what the sandbox has used now: this thread is in the middle");
        }
    }
}
