package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "$x `y` \"z\" \\ * ~ #", "-n", "two\nlines\n", "ä€😀"})
    void putsATextWithoutSingleQuotesBetweenSingleQuotes(String text) {
        assertThat(ShellWord.quote(text)).isEqualTo("'" + text + "'");
    }

    @Test
    void putsASingleQuoteOutsideOfThem() {
        assertThat(ShellWord.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWord.quote("''")).isEqualTo("''\\'''\\'''");
    }

    @Test
    void makesAProgramAndItsArgumentsWordsOfTheirOwn() {
        assertThat(ShellWord.join("ls")).isEqualTo("'ls'");
        assertThat(ShellWord.join("my tool", "", "a b", "it's")).isEqualTo("'my tool' '' 'a b' 'it'\\''s'");
    }
}
