package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTests {

    @Test
    void writesALineWholeUpToFourHundredCharacters() {
        assertThat(Excerpt.line("a\n\u001Bb")).isEqualTo("a\\n\\u001Bb");
        assertThat(Excerpt.line("a".repeat(400))).isEqualTo("a".repeat(400));
    }

    @Test
    void writesTheEndsOfALongLine() {
        assertThat(Excerpt.line("a".repeat(200) + "b".repeat(24) + "c".repeat(200)))
                .isEqualTo("a".repeat(200) + "[... 24 characters ...]" + "c".repeat(200));
    }

    @Test
    void leavesOutNothingWhereTheMarkWouldTakeAsMuch() {
        String almost = "a".repeat(200) + "b".repeat(23) + "c".repeat(200);

        assertThat(Excerpt.line(almost)).isEqualTo(almost);
        assertThat(Excerpt.ends("a".repeat(100) + "b", 100)).isEqualTo("a".repeat(100) + "b");
    }

    @Test
    void cutsNoCharacterOfTwoUnitsInHalf() {
        String text = "a".repeat(199) + "\uD83D\uDE00" + "b".repeat(300) + "\uD83D\uDE00" + "c".repeat(199);

        assertThat(Excerpt.line(text))
                .isEqualTo("a".repeat(199) + "[... 302 characters ...]" + "\uD83D\uDE00" + "c".repeat(199));
    }
}
