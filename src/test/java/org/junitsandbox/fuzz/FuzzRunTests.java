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
    void aFailureNamesItsSeedAndTheRunGoesOn() {
        FuzzRun run = new FuzzRun(FuzzRunTests.class, 3);
        long first = run.nextSeed();
        run.failed(run.nextSeed(), "it did");
        assertThat(run.goesOn()).isTrue();
        assertThat(run.nextSeed()).isEqualTo(first + 2);
        assertThat(run.goesOn()).isFalse();

        assertThatThrownBy(run::end)
                .isInstanceOf(AssertionError.class)
                .hasMessage("1 of 3 cases failed.\n\nSeed " + (first + 1) + ": it did\nTo repeat it: -Dfuzz.seed="
                        + (first + 1)
                        + " -Dtest=FuzzRunTests");
    }

    @Test
    void whatMattersIsLeftOfAFailingCase() {
        List<Integer> least = Shrinking.shrink(
                List.of(1, 2, 3, 4, 5, 6), parts -> parts.contains(2) && parts.contains(5));

        assertThat(least).containsExactly(2, 5);
    }

    @Test
    void whatMattersOnlyAsLongAsSomethingElseIsThereGoesInTheEnd() {
        // 3 must stay while 1 is there, which is looked at later.
        List<Integer> least = Shrinking.shrink(
                List.of(1, 2, 3), parts -> parts.contains(2) && (parts.contains(3) || !parts.contains(1)));

        assertThat(least).containsExactly(2);
    }

    @Test
    void textIsShownCharacterByCharacter() {
        assertThat(EscapedText.of("a\n\"\\\u001e\u00e9~")).isEqualTo("\"a\\n\\\"\\\\\\u001e\\u00e9~\"");
        assertThat(EscapedText.of("x".repeat(2_003))).isEqualTo("\"" + "x".repeat(2_000) + "\" and 3 characters more");
    }
}
