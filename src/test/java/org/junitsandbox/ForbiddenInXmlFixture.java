package org.junitsandbox;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.CommandResult;

/**
 * Fails, with messages on text in which is all that XML forbids; run by {@link SurefireReportIT}
 * and {@link JUnitReportIT}.
 */
class ForbiddenInXmlFixture {

    /** Not with NUL, which a command cannot have. */
    static final String FORBIDDEN = IntStream.concat(IntStream.range(1, ' '), IntStream.of(0x7F, 0x9B, 0xFFFE, 0xFFFF))
            .mapToObj(Character::toString)
            .collect(Collectors.joining())
            + "]]>\u202E\u2028";

    private static final int MANY = 10_000_000;

    private static final CommandResult RESULT = result("echo " + FORBIDDEN, Duration.ZERO, FORBIDDEN);

    @Test
    void showsACommandAndADirectory() {
        assertThat(RESULT).failed();
    }

    @Test
    void showsOutput() {
        assertThat(result(output(FORBIDDEN + "\0"), output(FORBIDDEN + "\0"))).hasStdout("else");
    }

    @Test
    void showsOutputByAssertJ() {
        assertThat(result(output(FORBIDDEN + "\0"), output(""))).stdout().isEqualTo("else");
    }

    @Test
    void showsWhyThereIsNoExitCode() {
        throw new IllegalStateException("No exit code: " + RESULT);
    }

    @Test
    void showsAVeryLongLine() {
        String line = FORBIDDEN + "x".repeat(MANY) + FORBIDDEN;
        assertThat(result(output(line), output(line))).hasStdout("else");
    }

    @Test
    void showsAVeryLongLineByAssertJ() {
        assertThat(result(output(FORBIDDEN + "x".repeat(MANY)), output(""))).stdout().isEqualTo("else");
    }

    static List<Integer> allForbidden() {
        IntStream control = IntStream.range(0, ' ').filter(c -> c != '\t' && c != '\n' && c != '\r');
        IntStream surrogates = IntStream.rangeClosed(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
        return IntStream.concat(control, IntStream.concat(surrogates, IntStream.of(0xFFFE, 0xFFFF)))
                .boxed()
                .toList();
    }

    /** Half a surrogate pair can be in what a test expects, and in names of files: output has U+FFFD in its place. */
    @Test
    void showsEachCodePointThatXmlForbids() {
        String messages = allForbidden().stream()
                .map(c -> message(Character.toString(c)))
                .collect(Collectors.joining("\n"));
        throw new AssertionError(messages);
    }

    private static String message(String text) {
        Throwable byUs = catchThrowable(() -> assertThat(result(output("x"), output(""))).hasStdout(text));
        Throwable byAssertJ =
                catchThrowable(() -> assertThat(result(output("x"), output(""))).stdout().contains(text));
        return byUs.getMessage() + byAssertJ.getMessage();
    }
}
