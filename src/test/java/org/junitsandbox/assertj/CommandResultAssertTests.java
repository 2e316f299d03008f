package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;
import static org.junitsandbox.shell.CommandResults.truncated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.opentest4j.AssertionFailedError;

class CommandResultAssertTests {

    private static final CommandResult WRITTEN = result(output("out\n"), output("err\n"));

    private static final Map<String, Consumer<CommandResultAssert>> ON_OUTCOME = Map.ofEntries(
            Map.entry("succeeded", CommandResultAssert::succeeded),
            Map.entry("failed", CommandResultAssert::failed),
            Map.entry("exitedWith 0", that -> that.exitedWith(0)),
            Map.entry("exitedWith 3", that -> that.exitedWith(3)),
            Map.entry("exitedWithAnyOf 1 3", that -> that.exitedWithAnyOf(1, 3)),
            Map.entry("hasExitCode 0", that -> that.hasExitCode(0)),
            Map.entry("hasExitCode 3", that -> that.hasExitCode(3)),
            Map.entry("hasExitCode 137", that -> that.hasExitCode(137)),
            Map.entry("shellExited", CommandResultAssert::shellExited),
            Map.entry("shellExitedWith 0", that -> that.shellExitedWith(0)),
            Map.entry("shellExitedWith 3", that -> that.shellExitedWith(3)),
            Map.entry("timedOut", CommandResultAssert::timedOut),
            Map.entry("ranOutOfMemory", CommandResultAssert::ranOutOfMemory),
            Map.entry("finishedWithin", that -> that.finishedWithin(Duration.ofMillis(250))));

    static Stream<Arguments> holdsExactlyWhereTheOutcomeFits() {
        return Stream.of(
                Arguments.of(
                        new Outcome.Exited(0), Set.of("succeeded", "exitedWith 0", "hasExitCode 0", "finishedWithin")),
                Arguments.of(
                        new Outcome.Exited(3),
                        Set.of("failed", "exitedWith 3", "exitedWithAnyOf 1 3", "hasExitCode 3", "finishedWithin")),
                Arguments.of(
                        new Outcome.ShellExited(OptionalInt.of(0)),
                        Set.of("shellExited", "shellExitedWith 0", "hasExitCode 0", "finishedWithin")),
                Arguments.of(
                        new Outcome.ShellExited(OptionalInt.of(3)),
                        Set.of("shellExited", "shellExitedWith 3", "hasExitCode 3", "finishedWithin")),
                Arguments.of(new Outcome.ShellExited(OptionalInt.empty()), Set.of("shellExited", "finishedWithin")),
                Arguments.of(new Outcome.TimedOut(Duration.ofSeconds(2)), Set.of("timedOut")),
                Arguments.of(new Outcome.OutputExceeded(4), Set.of()),
                Arguments.of(
                        new Outcome.OutOfMemory(1 << 20),
                        Set.of("ranOutOfMemory", "hasExitCode 137", "finishedWithin")),
                Arguments.of(new Outcome.OutputLimited(4, 0), Set.of("hasExitCode 0", "finishedWithin")),
                Arguments.of(new Outcome.OutputLimited(4, 3), Set.of("hasExitCode 3", "finishedWithin")));
    }

    @ParameterizedTest
    @MethodSource
    void holdsExactlyWhereTheOutcomeFits(Outcome outcome, Set<String> holding) {
        ON_OUTCOME.forEach((name, assertion) -> assertThat(holds(assertion, result(outcome)))
                .as(name)
                .isEqualTo(holding.contains(name)));
    }

    @Test
    void namesTheCodesThatAnExitMayHave() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).exitedWithAnyOf(1, 2))
                .withMessageContaining(
                        "Expecting the command to exit with any of the codes 1, 2\nbut it exited with code 0\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(WRITTEN).exitedWithAnyOf())
                .withMessage("No exit code is given: give one or more");
    }

    @Test
    void suggestsWhatToExpectOfACommandThatEndedItsShell() {
        CommandResult ended = result(new Outcome.ShellExited(OptionalInt.of(3)));
        String hint = "\nbut it ended its shell with code 3. Outside a subshell, `exit` ends the shell itself, as exec,"
                + " set -e and signals do: expect shellExitedWith(3), or put the command in parentheses: \"( ... )\"\n";
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(ended).exitedWith(3))
                .withMessageContaining("Expecting the command to exit with code 3" + hint);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(ended).failed())
                .withMessageContaining(hint);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(ended).shellExitedWith(4))
                .withMessageContaining("\nbut it ended its shell with code 3\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result(new Outcome.ShellExited(OptionalInt.empty()))).succeeded())
                .withMessageContaining(": expect shellExited(), or");
    }

    @Test
    void recognizesLimitedOutputWhereEitherStreamWasTruncatedHoweverTheCommandEnded() {
        Outcome timedOut = new Outcome.TimedOut(Duration.ofSeconds(2));
        Consumer<CommandResultAssert> assertion = CommandResultAssert::outputWasLimited;

        assertThat(holds(assertion, result(timedOut, truncated("y\n", 9), output("")))).isTrue();
        assertThat(holds(assertion, result(timedOut, output(""), truncated("y\n", 9)))).isTrue();
        assertThat(holds(assertion, result(timedOut, output("y\n"), output("")))).isFalse();
    }

    @Test
    void failsAMomentLongerThanTheGivenTime() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).finishedWithin(Duration.ofMillis(250).minusNanos(1)))
                .withMessageContaining("Expecting the command to finish within 0.249999999 s\nbut it took 0.25 s\n");
    }

    @Test
    void countsACommandThatTimedOutAsNotFinished() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result(new Outcome.TimedOut(Duration.ofSeconds(2))))
                        .finishedWithin(Duration.ofDays(1)))
                .withMessageContaining("Expecting the command to finish within 86400 s\nbut it timed out after 2 s\n");
    }

    @Test
    void chainsAssertions() {
        assertThat(WRITTEN).succeeded().hasStdout("out\n").stderrContains("err").finishedWithin(Duration.ofSeconds(1));
    }

    static Stream<Arguments> appliesEachAssertionToItsStream() {
        return Stream.of(
                pair(that -> that.hasStdout("out\n"), that -> that.hasStderr("err\n")),
                pair(that -> that.hasStdoutBytes(bytes("out\n")), that -> that.hasStderrBytes(bytes("err\n"))),
                pair(that -> that.hasStdoutLines("out"), that -> that.hasStderrLines("err")),
                pair(that -> that.stdoutContains("out"), that -> that.stderrContains("err")),
                pair(that -> that.stdoutDoesNotContain("err"), that -> that.stderrDoesNotContain("out")),
                pair(that -> that.stdoutMatches("o..\n"), that -> that.stderrMatches("e..\n")),
                pair(that -> that.stdout().isEqualTo("out\n"), that -> that.stderr().isEqualTo("err\n")));
    }

    private static Arguments pair(Consumer<CommandResultAssert> onStdout, Consumer<CommandResultAssert> onStderr) {
        return Arguments.of(onStdout, onStderr);
    }

    @ParameterizedTest
    @MethodSource
    void appliesEachAssertionToItsStream(
            Consumer<CommandResultAssert> onStdout, Consumer<CommandResultAssert> onStderr) {
        CommandResult swapped = result(output("err\n"), output("out\n"));

        assertThat(holds(onStdout, WRITTEN)).isTrue();
        assertThat(holds(onStderr, WRITTEN)).isTrue();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> onStdout.accept(assertThat(swapped)))
                .withMessageContaining("stdout");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> onStderr.accept(assertThat(swapped)))
                .withMessageContaining("stderr");
    }

    @Test
    void checksForNoOutputOnEachStreamAlone() {
        CommandResult quiet = result(output(""), output("err\n"));
        CommandResult fine = result(output("out\n"), output(""));

        assertThat(holds(CommandResultAssert::hasNoStdout, quiet)).isTrue();
        assertThat(holds(CommandResultAssert::hasNoStderr, quiet)).isFalse();
        assertThat(holds(CommandResultAssert::hasNoStdout, fine)).isFalse();
        assertThat(holds(CommandResultAssert::hasNoStderr, fine)).isTrue();
    }

    @Test
    void describesTheTextToGoOnWithByItsCommand() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).stdout().isEmpty())
                .withMessageStartingWith("[stdout of `tool --flag`, which exited with code 0] ");
    }

    @Test
    void passesADescriptionOnToTheText() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).as("all %d%%", 100).stderr().isEmpty())
                .withMessageStartingWith("[all 100%] ");
    }

    @Test
    void refusesToGoOnWithTruncatedText() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(result(truncated("out", 4), output(""))).stdout())
                .withMessageContaining("Expecting all of stdout to be known\nbut that is unknown: stdout");
    }

    @Test
    void putsADescriptionFirst() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).as("run %d", 7).failed())
                .withMessageStartingWith(
                        """
                        [run 7]\s
                        Expecting the command to exit with a code other than 0
                        but it exited with code 0

                        Command:   tool --flag
                        """);
    }

    @Test
    void replacesBothKindsOfMessagesByAnOverridingOne() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).overridingErrorMessage("at %d%%", 50).failed())
                .withMessage("at 50%");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(WRITTEN).withFailMessage("other").hasStdout("x"))
                .withMessage("other");
    }

    @Test
    void letsTextsThatDifferBeShownSideBySide() {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> assertThat(WRITTEN).hasStdout("out"))
                .satisfies(
                        error -> assertThat(error.getExpected().getEphemeralValue()).isEqualTo("out"),
                        error -> assertThat(error.getActual().getEphemeralValue()).isEqualTo("out\n"));
    }

    @Test
    void refusesAnAssertionOnNoTexts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(WRITTEN).stdoutDoesNotContain())
                .withMessage("No text is given that stdout is not to contain: give one or more");
    }

    @Test
    void failsEveryAssertionOnNoResult() {
        List<Consumer<CommandResultAssert>> others = List.of(
                CommandResultAssert::outputWasLimited,
                CommandResultAssert::hasNoStdout,
                CommandResultAssert::hasNoStderr,
                CommandResultAssert::stdout,
                CommandResultAssert::stderr);

        assertThat(Stream.concat(ON_OUTCOME.values().stream(), others.stream()))
                .allSatisfy(assertion -> assertThatExceptionOfType(AssertionError.class)
                        .isThrownBy(() -> assertion.accept(assertThat((CommandResult) null)))
                        .withMessageContaining("Expecting actual not to be null"));
    }

    private static boolean holds(Consumer<CommandResultAssert> assertion, CommandResult result) {
        try {
            assertion.accept(assertThat(result));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
