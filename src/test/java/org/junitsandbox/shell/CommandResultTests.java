package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandResultTests {

    static Stream<Arguments> theExitCodeIsThatOfTheOutcome() {
        return Stream.of(
                arguments(new Outcome.Exited(3), 3),
                arguments(new Outcome.ShellExited(OptionalInt.of(4)), 4),
                arguments(new Outcome.OutOfMemory(1 << 20), 137),
                arguments(new Outcome.OutputLimited(1 << 20, 5), 5));
    }

    @ParameterizedTest
    @MethodSource
    void theExitCodeIsThatOfTheOutcome(Outcome outcome, int code) {
        assertThat(result(outcome).exitCode()).isEqualTo(code);
    }

    @Test
    void whereThereIsNoExitCodeTheMessageSaysWhatHappened() {
        assertThatIllegalStateException()
                .isThrownBy(result(new Outcome.TimedOut(Duration.ofMillis(1500)))::exitCode)
                .withMessage("There is no exit code: `tool --flag` timed out after 1.5 s");
        assertThatIllegalStateException()
                .isThrownBy(result(new Outcome.ShellExited(OptionalInt.empty()))::exitCode)
                .withMessage("There is no exit code: `tool --flag` ended its shell in an unknown way");
    }

    @Test
    void onlyACommandThatEndedItselfWithCode0AndAllItsOutputSucceeded() {
        assertThat(result(new Outcome.Exited(0)).succeeded()).isTrue();
        assertThat(Stream.of(
                        new Outcome.Exited(1),
                        new Outcome.ShellExited(OptionalInt.of(0)),
                        new Outcome.TimedOut(Duration.ofSeconds(1)),
                        new Outcome.OutOfMemory(1 << 20),
                        new Outcome.OutputLimited(1 << 20, 0)))
                .noneMatch(outcome -> result(outcome).succeeded());
    }

    @Test
    void outputIsTextToTheLetter() {
        CommandResult result = result(output(" ä\n\n"), output("\ufeffb\r\n"));

        assertThat(result.stdout()).isEqualTo(" ä\n\n");
        assertThat(result.stderr()).isEqualTo("\ufeffb\r\n");
    }
}
