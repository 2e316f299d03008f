package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskedStreamTests {

    private static final SecretMask MASK = SecretMask.NONE.with("pass").with("password").with("key\nm\u00E9");

    private static final String TEXT =
            "a pass, a password, passpassword, pas \u00E9\uD83D\uDE00 key\nm\u00E9! key\nm pas";

    private static final String MASKED = "a ***, a ***, ******, pas \u00E9\uD83D\uDE00 ***! key\nm pas";

    private static String read(SecretMask mask, byte[] bytes, int... cuts) {
        MaskedStream stream = new MaskedStream(() -> mask, false);
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (int cut : cuts) {
            text.append(stream.read(bytes, done, cut - done));
            done = cut;
        }
        return text.append(stream.read(bytes, done, bytes.length - done)).append(stream.end()).toString();
    }

    @Test
    void masksSecretsWhereverTheStreamIsCut() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(read(MASK, bytes, first, second)).isEqualTo(MASKED);
            }
        }
    }

    @Test
    void masksSecretsThatComeByteByByte() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);

        assertThat(read(MASK, bytes, IntStream.range(1, bytes.length).toArray())).isEqualTo(MASKED);
    }

    @Test
    void returnsAtOnceWhatCannotBecomeASecret() {
        MaskedStream stream = new MaskedStream(() -> MASK, false);
        byte[] bytes = "$ pas".getBytes(StandardCharsets.UTF_8);

        assertThat(stream.read(bytes, 0, bytes.length)).isEqualTo("$ ");
        assertThat(stream.end()).isEqualTo("pas");
    }

    @Test
    void keepsLittleOfWhatMayBecomeASecretWithoutEnd() {
        MaskedStream stream = new MaskedStream(() -> SecretMask.NONE.with("aaaa"), false);
        byte[] bytes = "a".repeat(1000).getBytes(StandardCharsets.UTF_8);

        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(stream.read(bytes, 0, bytes.length));
        }

        assertThat(text).isNotEmpty().matches("\\**").hasSizeLessThan(1000);
        assertThat(stream.end()).matches("\\**");
    }

    @Test
    void masksTheEndOfASecretWhoseBeginningWasMissed() {
        MaskedStream stream = new MaskedStream(() -> MASK, true);
        byte[] bytes = "word, 1".getBytes(StandardCharsets.UTF_8);

        assertThat(stream.read(bytes, 0, bytes.length) + stream.end()).isEqualTo("***, 1");
    }

    @Test
    void showsBytesThatAreNotUtf8() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xE2, (byte) 0x82};

        assertThat(read(SecretMask.NONE, bytes, 3, 5)).isEqualTo("a\uFFFD\uFFFDb\uFFFD");
    }
}
