package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;
import static org.junitsandbox.shell.CommandResults.truncated;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.description.TextDescription;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Output;

class FailureMessageTests {

    private static final Check CHECK = new Check("the command to succeed", "but it did not", null);

    private static String describe(Output output) {
        return ResultReport.describe(output, Secrets.NONE);
    }

    @Test
    void reportsExpectationFindingAndCircumstances() {
        CommandResult result = result(new Outcome.Exited(2), output("50% %s %n done\n"), output(""));

        assertThat(new FailureMessage(CHECK, ResultReport.of(result), Secrets.NONE)
                        .create(new TextDescription("it %s", "is")))
                .isEqualTo(
                        """
                        [it is]\s
                        Expecting the command to succeed
                        but it did not

                        Command:   tool --flag
                        Outcome:   exited with code 2
                        Duration:  250 ms
                        Directory: /work
                        Limits:    memory 256 MiB, 1.0 CPU, 128 processes, 1024 open files, 30 s per command, \
                        8 MiB of output, /work 64 MiB, /tmp 64 MiB
                        Stdout:    15 bytes
                          | 50% %s %n done
                        Stderr:    (nothing)""");
    }

    @Test
    void beginsOnALineOfItsOwnWithoutADescription() {
        assertThat(new FailureMessage(CHECK, "Report", Secrets.NONE).create())
                .isEqualTo("\nExpecting the command to succeed\nbut it did not\n\nReport");
    }

    @Test
    void passesPercentSignsOfAContainerThroughAnAssertion() {
        CommandResult result = result(output("%d %s %n %\n"), output("100%"));

        assertThat(catchThrowable(
                        () -> SandboxAssertions.assertThat(result).as("%s").hasStdout("%x")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("[%s] \nExpecting stdout to be:\n  \"%x\"\nbut it was:\n  \"%d %s %n %\\n\"\n")
                .hasMessageEndingWith("  | %d %s %n %\nStderr:    4 bytes\n  | 100%\n  (no line feed at the end)");
    }

    @Test
    void alignsTheLinesOfACommand() {
        CommandResult result = result("cd /tmp\nls", Duration.ofSeconds(90), "/a\u001Bb");

        assertThat(ResultReport.of(result))
                .startsWith(
                        """
                        Command:   cd /tmp
                                   ls
                        Outcome:   exited with code 0
                        Duration:  90 s
                        Directory: /a\\u001Bb
                        """);
    }

    @Test
    void keepsControlCharactersFromTheTerminal() {
        assertThat(describe(output("\u001B[2Ja\tb\r\n\u0085\u0000é\n")))
                .isEqualTo("15 bytes\n  | \\u001B[2Ja\\tb\\r\n  | \\u0085\\u0000é");
    }

    @Test
    void keepsOutputFromLookingLikeAPartOfTheReport() {
        assertThat(describe(output("\nStderr:    (nothing)\n")))
                .isEqualTo("22 bytes\n  | \n  | Stderr:    (nothing)");
    }

    @Test
    void showsUpToTwentyLines() {
        assertThat(describe(output(numbers(1, 20)))).isEqualTo("51 bytes" + shown(1, 20));
        assertThat(describe(output(numbers(1, 21))))
                .isEqualTo("54 bytes, the last 20 of 21 lines" + shown(2, 21));
        assertThat(describe(output(numbers(1, 21) + "x")))
                .isEqualTo("55 bytes, the last 20 of 22 lines" + shown(3, 21) + "\n  | x\n  (no line feed at the end)");
    }

    @Test
    void showsUpToTwoThousandCharacters() {
        assertThat(describe(output("a".repeat(1_999) + "\n")))
                .isEqualTo("2000 bytes\n  | " + "a".repeat(1_999));
        assertThat(describe(output("b" + "a".repeat(1_999) + "\n")))
                .isEqualTo("2001 bytes, the last 2000 of 2001 characters\n  | " + "a".repeat(1_999));
    }

    @Test
    void cutsNoCharacterOfTwoUnitsInHalf() {
        assertThat(describe(output("\uD83D\uDE00" + "a".repeat(1_998) + "\n")))
                .isEqualTo("2003 bytes, the last 2001 of 2001 characters\n  | \uD83D\uDE00" + "a".repeat(1_998));
    }

    @Test
    void reportsTruncation() {
        assertThat(describe(truncated("ab\n", 9)))
                .isEqualTo("9 bytes (truncated: the first 3 were kept)\n  | ab");
        assertThat(describe(truncated("", 1))).isEqualTo("1 byte (truncated: the first 0 were kept)");
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static String shown(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "\n  | " + i).collect(Collectors.joining());
    }
}
