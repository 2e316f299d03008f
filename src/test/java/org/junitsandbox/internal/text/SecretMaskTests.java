package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretMaskTests {

    private static final SecretMask MASK = SecretMask.NONE.with("hunter2").with("it's\nm\u00E9");

    @Test
    void masksEverySecretWhereverItStands() {
        assertThat(MASK.apply("hunter2hunter2 x hunter2")).isEqualTo("****** x ***");
        assertThat(MASK.apply("m\u00E9 it's\nm\u00E9 \uD83D\uDE00")).isEqualTo("m\u00E9 *** \uD83D\uDE00");
        assertThat(MASK.apply("hunter")).isEqualTo("hunter");
    }

    @Test
    void masksASecretThatIsQuotedForAShellOrEscapedForAMessage() {
        assertThat(MASK.apply(ShellWord.quote("it's\nm\u00E9"))).isEqualTo("'***'");
        assertThat(MASK.apply(Printable.of("it's\nm\u00E9"))).isEqualTo("***");
        assertThat(MASK.apply(Printable.of(ShellWord.quote("it's\nm\u00E9")))).isEqualTo("'***'");
    }

    @Test
    void masksSecretsThatOverlapAsOne() {
        assertThat(SecretMask.NONE.with("abc").with("bcd").apply("xabcdx")).isEqualTo("x***x");
    }

    @Test
    void masksTheRestOfASecretAtACut() {
        assertThat(MASK.apply("xhunt", false, true)).isEqualTo("x***");
        assertThat(MASK.apply("er2x", true, false)).isEqualTo("***x");
        assertThat(MASK.apply("xhunt", true, false)).isEqualTo("xhunt");
        assertThat(MASK.applyToMessage("`" + Excerpt.ends("hunter2" + "-".repeat(100) + "hunter2", 10) + "` failed"))
                .isEqualTo("`***[... 104 characters ...]***` failed");
    }

    @Test
    void leavesTextWithoutSecretsAsItIs() {
        String text = "lone \uD800, byte \uDC80";

        assertThat(SecretMask.NONE.apply(text)).isSameAs(text);
    }

    @Test
    void findsPlacesOfTheOriginal() {
        SecretMask.Masked masked = MASK.apply("ab hunter2 \u00E9".getBytes(StandardCharsets.UTF_8), false, false);

        assertThat(masked.text(0, masked.length())).isEqualTo("ab *** \u00E9");
        assertThat(masked.position(3)).isEqualTo(3);
        assertThat(masked.text(0, masked.position(5))).isEqualTo("ab ***");
        assertThat(masked.text(0, masked.position(10))).isEqualTo("ab ***");
        assertThat(masked.text(masked.position(10), masked.position(12))).isEqualTo(" \u00E9");
    }
}
