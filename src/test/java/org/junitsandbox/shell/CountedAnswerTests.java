package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedAnswerTests {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CountedAnswer answer = new CountedAnswer(new BoundedOutput(content, 1000));
    private final String token = token();

    private String token() {
        Matcher matcher = Pattern.compile("[0-9a-f]{32}").matcher(answer.script(":"));
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    private void write(String text, int chunk) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += chunk) {
            answer.write(bytes, i, Math.min(chunk, bytes.length - i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40, 1000})
    void takesAnAnswerInPartsOfAnySize(int chunk) {
        write("a\n\nb\0\n" + token + " status 3 whole 6\nlater output of others" + "x".repeat(500), chunk);

        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.isPure()).isTrue();
        assertThat(answer.status()).isEqualTo(3);
        assertThat(content.toString(StandardCharsets.ISO_8859_1)).isEqualTo("a\n\nb\0\n");
    }

    @Test
    void recognizesForeignOutputAmidTheAnswer() {
        write("a\nforeign\nb\n" + token + " status 0 whole 4\n", 5);

        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.isPure()).isFalse();
    }

    @Test
    void isNotWholeWithoutItsEnd() {
        write("a\n" + token + " status 0 ", 5);
        assertThat(answer.isWhole()).isFalse();
    }

    @Test
    void isNotWholeWhereTheCopyingProgramFailed() {
        write(token + " status 0 0\n", 5);
        assertThat(answer.isWhole()).isFalse();
    }
}
