package org.junitsandbox.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "größe-日本", "\uD83D\uDE00", "a\uFFFD", "\uD83D\uDC80"})
    void readsAndWritesUtf8AsItIs(String text) {
        assertThat(ByteText.decode(text.getBytes(UTF_8))).isEqualTo(text);
        assertThat(ByteText.encode(text)).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void readsBytesThatAreNotUtf8AsLoneSurrogates() {
        byte[] name = {'c', 'a', 'f', (byte) 0xE9, '.', (byte) 0x80, (byte) 0xC3};

        assertThat(ByteText.decode(name)).isEqualTo("caf\uDCE9.\uDC80\uDCC3");
        assertThat(ByteText.encode("caf\uDCE9.\uDC80\uDCC3")).isEqualTo(name);
    }

    @Test
    void losesNoBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);

            assertThat(ByteText.encode(ByteText.decode(bytes))).isEqualTo(bytes);
        }
    }
}
