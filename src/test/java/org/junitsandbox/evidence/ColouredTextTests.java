package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColouredTextTests {

    private final ColouredText text = new ColouredText();

    @Test
    void keepsColoursLineFeedsAndTabs() {
        assertThat(text.read("a\t\u001B[1;31mred\u001B[0m\n")).isEqualTo("a\t\u001B[1;31mred\u001B[0m\n");
    }

    @Test
    void keepsAColourThatComesInTwoParts() {
        assertThat(text.read("a\u001B[3") + text.read("1mb\u001B") + text.read("[0m")).isEqualTo(
                "a\u001B[31mb\u001B[0m");
        assertThat(text.end()).isEmpty();
        assertThat(text.read("a\u001B[3")).isEqualTo("a");
        assertThat(text.end()).isEqualTo("\\u001B[3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"38;5;8", "48;2;8;8;8", "1;38;5;8;4", "38:5:8", "28", "88", ""})
    void keepsColoursWithAnEightInThem(String numbers) {
        assertThat(text.read("\u001B[" + numbers + "ma")).isEqualTo("\u001B[" + numbers + "ma");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "08", "1;8", "38;5;8;8", "38;8"})
    void escapesWhatHidesText(String numbers) {
        assertThat(text.read("\u001B[" + numbers + "ma")).isEqualTo("\\u001B[" + numbers + "ma");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001B[2J", "\u001B]0;title\u0007", "\u001B[31;", "\r", "\b", "\u202E", "\uFFFF"})
    void escapesAllElseThatControls(String control) {
        assertThat(text.read("a" + control + "b") + text.end())
                .startsWith("a\\")
                .doesNotContainPattern("[^ -~]")
                .endsWith("b");
    }
}
