package org.junitsandbox.shell.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;

/** Commands have the same results as by the engine's exec API, in new sandboxes and in recycled ones. */
@ParameterizedClass(name = "containers cleaned {0} times before")
@ValueSource(ints = {0, 1, 10, 100})
class ConformanceIT {

    private static final Map<ShellKind, EngineExec> EXECS = new EnumMap<>(ShellKind.class);

    /** By kind and text. An exec takes far longer than a command. */
    private static final Map<String, EngineExec.Result> EXPECTED = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // set before each invocation of the class
    private static RecycledShells shells;

    @Parameter
    int times;

    @BeforeAll
    static void openExecs() throws EngineException {
        for (ShellKind kind : ShellKind.values()) {
            EXECS.put(kind, EngineExec.plain(kind.spec()));
        }
    }

    @BeforeParameterizedClassInvocation
    static void open(int times) {
        shells = new RecycledShells(times);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shells.close();
    }

    @AfterAll
    static void closeExecs() {
        EXECS.values().forEach(EngineExec::close);
    }

    /** Returns a shell with a new shell process, whatever the previous case did to the last one. */
    private static Shell fresh(ShellKind kind) {
        Shell shell = shells.of(kind);
        assertThat(shell.run(Command.of("sleep 100").timeLimit(Duration.ofNanos(1))).outcome())
                .isInstanceOf(Outcome.TimedOut.class);
        return shell;
    }

    static Stream<Arguments> cases() {
        return ConformanceCase.all().stream()
                .flatMap(each -> each.shells().stream().map(kind -> Arguments.of(kind, each)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void runsACommandLikeTheEnginesExec(ShellKind kind, ConformanceCase command) {
        Shell shell = fresh(kind);
        EngineExec.Result expected = EXPECTED.computeIfAbsent(
                kind + command.text(), key -> Objects.requireNonNull(EXECS.get(kind)).run(command.text()));

        CommandResult result = shell.run(command.text());

        assertThat(result.output(StandardStream.STDOUT).text(StandardCharsets.ISO_8859_1))
                .as("stdout")
                .isEqualTo(expected.stdout());
        assertThat(result.exitCode()).as("exit code").isEqualTo(expected.exitCode());
        assertThat(result.outcome() instanceof Outcome.ShellExited)
                .as("the shell ended")
                .isEqualTo(command.endsIn().contains(kind));
        String stderr = result.output(StandardStream.STDERR).text(StandardCharsets.ISO_8859_1);
        assertThat(ShellMessages.fromSandbox(kind, stderr)).as("stderr")
                .isEqualTo(ShellMessages.plain(kind, expected.stderr()));

        CommandResult next = shell.run("echo alive");

        assertThat(next.stdout()).as("next stdout").isEqualTo(command.nextStdout());
        assertThat(ShellMessages.fromSandbox(kind, next.stderr())).as("next stderr").isEqualTo(command.nextStderr());
        assertThat(next.outcome()).as("next outcome").isEqualTo(new Outcome.Exited(0));
    }
}
