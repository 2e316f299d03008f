package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "$x `y` \"z\" \\ * ~ #", "-n", "two\nlines\n", "ä€😀"})
    void aTextWithoutSingleQuotesStandsBetweenSingleQuotes(String text) {
        assertThat(ShellWord.quote(text)).isEqualTo("'" + text + "'");
    }

    @Test
    void aSingleQuoteStandsOutsideOfThem() {
        assertThat(ShellWord.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWord.quote("''")).isEqualTo("''\\'''\\'''");
    }

    @Test
    void aProgramAndItsArgumentsAreWordsOfTheirOwn() {
        assertThat(ShellWord.join("ls")).isEqualTo("'ls'");
        assertThat(ShellWord.join("my tool", "", "a b", "it's")).isEqualTo("'my tool' '' 'a b' 'it'\\''s'");
    }
}
