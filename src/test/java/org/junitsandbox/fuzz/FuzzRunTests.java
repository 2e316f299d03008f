package org.junitsandbox.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class FuzzRunTests {

    @Test
    @DisabledIfSystemProperty(named = "fuzz.minutes", matches = ".*",
            disabledReason = "the number of cases is not fixed")
    void reportsTheSeedOfAFailureAndContinues() {
        FuzzRun run = new FuzzRun(FuzzRunTests.class, 3);
        long first = run.nextSeed();
        run.recordFailure(run.nextSeed(), "wrong result");
        assertThat(run.hasNext()).isTrue();
        assertThat(run.nextSeed()).isEqualTo(first + 2);
        assertThat(run.hasNext()).isFalse();

        assertThatThrownBy(run::assertNoFailures)
                .isInstanceOf(AssertionError.class)
                .hasMessage("1 of 3 cases failed.\n\nSeed " + (first + 1) + ": wrong result\nTo repeat it: -Dfuzz.seed="
                        + (first + 1)
                        + " -Dtest=FuzzRunTests");
    }

    @Test
    void keepsOnlyThePartsThatMakeACaseFail() {
        List<Integer> least = Shrinking.shrink(
                List.of(1, 2, 3, 4, 5, 6), parts -> parts.contains(2) && parts.contains(5));

        assertThat(least).containsExactly(2, 5);
    }

    @Test
    void removesAPartThatMattersOnlyWhileAnotherIsPresent() {
        // 3 must stay while 1 is present, and 1 is tried later.
        List<Integer> least = Shrinking.shrink(
                List.of(1, 2, 3), parts -> parts.contains(2) && (parts.contains(3) || !parts.contains(1)));

        assertThat(least).containsExactly(2);
    }

    @Test
    void escapesTextCharacterByCharacter() {
        assertThat(EscapedText.of("a\n\"\\\u001e\u00e9~")).isEqualTo("\"a\\n\\\"\\\\\\u001e\\u00e9~\"");
        assertThat(EscapedText.of("x".repeat(2_003))).isEqualTo("\"" + "x".repeat(2_000) + "\" and 3 more characters");
    }
}
