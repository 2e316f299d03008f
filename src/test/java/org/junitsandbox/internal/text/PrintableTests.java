package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTests {

    @Test
    void writesControlCharactersAsAJavaLiteralDoes() {
        assertThat(Printable.of("\u001B[2J\ta\\b\r\n\u0085\u0000é\uD83D\uDE00"))
                .isEqualTo("\\u001B[2J\\ta\\b\\r\\n\\u0085\\u0000é\uD83D\uDE00");
    }

    @Test
    void writesWhatIsNotSeenOrTurnsTheReadingDirection() {
        assertThat(Printable.of("a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf\u2028g\u2029"))
                .isEqualTo("a\\u202Eb\\u2066c\\u200Bd\\uFEFFe\\u00ADf\\u2028g\\u2029");
    }

    @Test
    void writesWhatIsNoCharacter() {
        assertThat(Printable.of("\uFFFE\uFFFF\uD83F\uDFFE \uD83D \uDE00"))
                .isEqualTo("\\uFFFE\\uFFFF\\uD83F\\uDFFE \\uD83D \\uDE00");
    }

    @Test
    void leavesNothingThatXmlForbids() {
        String all = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));

        assertThat(Printable.lines(all).codePoints())
                .allMatch(c -> c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000);
    }

    @Test
    void keepsLineFeedsOfLines() {
        assertThat(Printable.lines("a\r\n\tb\n")).isEqualTo("a\\r\n\\tb\n");
    }

    @Test
    void joinsLinesToOne() {
        assertThat(Printable.joinLines("a\u0007\nb\n")).isEqualTo("a\\u0007; b");
    }
}
