package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;
import static org.junitsandbox.shell.CommandResults.truncated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandResultTests {

    static Stream<Arguments> hasTheExitCodeOfItsOutcome() {
        return Stream.of(
                arguments(new Outcome.Exited(3), 3),
                arguments(new Outcome.ShellExited(OptionalInt.of(4)), 4),
                arguments(new Outcome.OutOfMemory(1 << 20), 137),
                arguments(new Outcome.OutputLimited(1 << 20, 5), 5));
    }

    @ParameterizedTest
    @MethodSource
    void hasTheExitCodeOfItsOutcome(Outcome outcome, int code) {
        assertThat(result(outcome).exitCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"129, HUP", "130, INT", "134, ABRT", "137, KILL", "139, SEGV", "143, TERM", "153, XFSZ", "159, SYS"})
    void namesTheSignalOfAnExitCode(int code, String name) {
        CommandResult result = result(new Outcome.Exited(code));

        assertThat(result.signal()).contains(name);
        assertThat(result)
                .hasToString("`tool --flag` exited with code " + code + " (128 + " + (code - 128) + ", signal " + name
                        + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 160, 255})
    void namesNoSignalOfAnotherExitCode(int code) {
        CommandResult result = result(new Outcome.Exited(code));

        assertThat(result.signal()).isEmpty();
        assertThat(result).hasToString("`tool --flag` exited with code " + code);
    }

    @Test
    void namesTheSignalThatEndedAShellButNoneWithoutAnExitCode() {
        assertThat(result(new Outcome.ShellExited(OptionalInt.of(137))).signal()).contains("KILL");
        assertThat(new Outcome.ShellExited(OptionalInt.of(137)))
                .hasToString("ended its shell with code 137 (128 + 9, signal KILL)");
        assertThat(result(new Outcome.TimedOut(Duration.ofSeconds(1))).signal()).isEmpty();
    }

    @Test
    void explainsWhyThereIsNoExitCode() {
        assertThatIllegalStateException()
                .isThrownBy(result(new Outcome.TimedOut(Duration.ofMillis(1500)))::exitCode)
                .withMessage("There is no exit code: `tool --flag` timed out after 1.5 s");
        assertThatIllegalStateException()
                .isThrownBy(result(new Outcome.ShellExited(OptionalInt.empty()))::exitCode)
                .withMessage("There is no exit code: `tool --flag` ended its shell in an unknown way");
    }

    @Test
    void succeedsOnlyIfTheCommandEndedItselfWithCode0AndAllItsOutput() {
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
    void trimsNoOutput() {
        CommandResult result = result(output(" ä\n\n"), output("\ufeffb\r\n"));

        assertThat(result.stdout()).isEqualTo(" ä\n\n");
        assertThat(result.stderr()).isEqualTo("\ufeffb\r\n");
    }

    @Test
    void splitsLinesAtLineFeedsOnly() {
        CommandResult result = result(output("a\r\n\n b"), output("c\n\n"));

        assertThat(result.stdoutLines()).containsExactly("a\r", "", " b");
        assertThat(result.stderrLines()).containsExactly("c", "");
        assertThat(result(output(""), output("\n")))
                .returns(List.of(), CommandResult::stdoutLines)
                .returns(List.of(""), CommandResult::stderrLines);
    }

    @Test
    void keepsBytesThatAreNotUtf8() {
        CommandResult result = result(output(new byte[] {'a', (byte) 0xE4}), output(new byte[] {(byte) 0xFF}));

        assertThat(result.stdout()).isEqualTo("a\uFFFD");
        assertThat(result.stdoutBytes()).containsExactly('a', 0xE4);
        assertThat(result.stderrBytes()).containsExactly(0xFF);
        assertThat(result.output(StandardStream.STDOUT).text(StandardCharsets.ISO_8859_1)).isEqualTo("aä");
    }

    @Test
    void separatesTheTwoStreams() {
        CommandResult result = result(output("out"), truncated("err", 5));

        assertThat(result.output(StandardStream.STDOUT))
                .returns("out", Output::text)
                .returns(3L, Output::totalBytes)
                .returns(false, Output::isTruncated);
        assertThat(result.output(StandardStream.STDERR))
                .returns("err", Output::text)
                .returns(5L, Output::totalBytes)
                .returns(true, Output::isTruncated);
    }

    @Test
    void printsItsCommandAndItsOutcome() {
        assertThat(result(new Outcome.Exited(1))).hasToString("`tool --flag` exited with code 1");
    }
}
