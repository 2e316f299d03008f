package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;
import static org.junitsandbox.shell.CommandResults.truncated;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;

class SandboxSoftAssertionsTests {

    private final CommandResult result = result(new Outcome.Exited(3), output("out\n"), output("err\n"));
    private final SandboxSoftAssertions softly = new SandboxSoftAssertions();

    @Test
    void reportsThePlaceOfEachFailureInTheTest() {
        softly.assertThat(result).succeeded();
        softly.assertThat(result).hasStdout("");
        softly.assertThat(result).stdout().isEmpty();
        softly.assertThat(result(truncated("a", 2), output(""))).stdout().contains("b");
        softly.assertThat((CommandResult) null).stdout().isEmpty();
        softly.assertThat((CommandResult) null).succeeded();

        assertThat(messages())
                .hasSize(8)
                .allSatisfy(message -> assertThat(message).contains("at SandboxSoftAssertionsTests.reportsThePlace"));
    }

    @Test
    void continuesWithFlatAssertionsAfterAFailure() {
        softly.assertThat(result)
                .succeeded()
                .failed()
                .timedOut()
                .hasStdout("out")
                .hasNoStderr()
                .finishedWithin(Duration.ZERO);

        assertThat(messages())
                .satisfiesExactly(
                        first -> assertThat(first).contains("to exit with code 0\nbut it exited with code 3\n"),
                        second -> assertThat(second).contains("to time out\n"),
                        third -> assertThat(third).contains("stdout to be:\n  \"out\"\n"),
                        fourth -> assertThat(fourth).contains("no stderr\n"),
                        fifth -> assertThat(fifth).contains("to finish within 0 s\n"));
    }

    @Test
    void collectsFailuresOfAssertionsOnTheText() {
        softly.assertThat(result).stdout().startsWith("x").endsWith("y").contains("out");
        softly.assertThat(result).as("named").stderr().isEmpty();

        assertThat(messages())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("[stdout of `tool --flag`, which exited with code 3] "),
                        second -> assertThat(second).contains("\"y\""),
                        third -> assertThat(third).startsWith("[named] "));
    }

    @Test
    void countsTruncatedTextAsOneFailureAmongOthers() {
        softly.assertThat(result(truncated("out", 9), output(""))).stdout().startsWith("o").endsWith("x");

        assertThat(messages())
                .satisfiesExactly(
                        first -> assertThat(first).contains("but that is unknown: stdout was truncated"),
                        second -> assertThat(second).contains("\"x\""));
    }

    @Test
    void failsSoftlyWithoutAResultOrAShell() {
        softly.assertThat((CommandResult) null).succeeded().hasNoStdout();
        softly.assertThat((CommandResult) null).stdout().isEmpty();
        softly.assertThat((Shell) null).exists("x").doesNotExist("x");
        softly.assertThat((Shell) null).file("x").exists().hasContent("");

        assertThat(messages())
                .hasSize(9)
                .allSatisfy(message -> assertThat(message).contains("actual not to be null"));
    }

    @Test
    void appliesDescriptionsAndOverridingMessages() {
        softly.assertThat(result).as("run %d", 1).succeeded();
        softly.assertThat(result).overridingErrorMessage("50%% of %s", "it").succeeded();

        assertThat(messages())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("[run 1] "),
                        second -> assertThat(second).startsWith("50% of it"));
    }

    @Test
    void offersTheSoftAssertionsOfAssertJToo() {
        softly.assertThat("a").isEqualTo("b");
        softly.assertThat(1).isEqualTo(2);
        softly.assertThat(List.of(1)).isEmpty();

        assertThat(softly.errorsCollected()).hasSize(3);
    }

    @Test
    void throwsAllFailuresTogether() {
        assertThatExceptionOfType(AssertJMultipleFailuresError.class)
                .isThrownBy(() -> SandboxSoftAssertions.assertSoftly(
                        all -> all.assertThat(result).succeeded().timedOut()))
                .satisfies(error -> assertThat(error.getFailures()).hasSize(2));
    }

    @Test
    void throwsNothingWhereNothingFailed() {
        SandboxSoftAssertions.assertSoftly(all -> all.assertThat(result).failed().stdout().isEqualTo("out\n"));
    }

    public static class OwnSoftAssertions extends AbstractSoftAssertions implements SandboxSoftAssertionsProvider {}

    @Test
    void collectsFailuresInAClassOfTheUsersOwn() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> SoftAssertionsProvider.assertSoftly(
                        OwnSoftAssertions.class, own -> own.assertThat(result).succeeded().stdout().isEmpty()))
                .withMessageContainingAll("exited with code 3", "which exited");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CommandResultAssert.class,
                OutputAssert.class,
                ShellAssert.class,
                SandboxFileAssert.class,
                SandboxAssert.class
            })
    void leavesNothingOfAnAssertClassFinal(Class<?> type) {
        assertThat(type).isNotFinal();
        assertThat(Arrays.stream(type.getDeclaredMethods()))
                .noneMatch(method -> Modifier.isFinal(method.getModifiers()));
    }

    private List<String> messages() {
        return softly.errorsCollected().stream().map(Throwable::getMessage).toList();
    }
}
