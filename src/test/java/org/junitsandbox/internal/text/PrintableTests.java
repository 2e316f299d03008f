package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTests {

    @Test
    void writesControlCharactersAsAJavaLiteralDoes() {
        assertThat(Printable.of("\u001B[2J\ta\\b\r\n\u0085\u0000é\uD83D\uDE00"))
                .isEqualTo("\\u001B[2J\\ta\\b\\r\\n\\u0085\\u0000é\uD83D\uDE00");
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
