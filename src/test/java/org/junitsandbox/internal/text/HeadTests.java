package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadTests {

    @Test
    void indentsAllLinesButTheFirst() {
        assertThat(Head.lines("cd /tmp\n\tls\r\u001B", "  ")).isEqualTo("cd /tmp\n  \\tls\\r\\u001B");
    }

    @Test
    void writesUpToTwentyLines() {
        assertThat(Head.lines("a\n".repeat(20), "")).isEqualTo("a\n".repeat(19) + "a");
        assertThat(Head.lines("a\n".repeat(21), "")).isEqualTo("a\n".repeat(20) + "(the first 20 of 21 lines)");
        assertThat(Head.lines("a\n".repeat(20) + "b", "")).isEqualTo("a\n".repeat(20) + "(the first 20 of 21 lines)");
    }

    @Test
    void writesUpToTwoThousandCharacters() {
        assertThat(Head.lines("a".repeat(2_000), "")).isEqualTo("a".repeat(2_000));
        assertThat(Head.lines("a".repeat(3_200_000), " "))
                .isEqualTo("a".repeat(2_000) + "\n (the first 2000 of 3200000 characters)");
    }
}
