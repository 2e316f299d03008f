package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.junit.jupiter.api.Test;

/** What an engine may answer to the request to attach. */
class UpgradeHandshakeTests {

    private static final String AGREED = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

    /** Hands out an answer in pieces of at most {@code size} bytes. */
    private record Pieces(ByteBuffer answer, int size) implements ReadableByteChannel {

        Pieces(String answer, int size) {
            this(ByteBuffer.wrap(answer.getBytes(ISO_8859_1)), size);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!answer.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(size, target.remaining()), answer.remaining());
            target.put(answer.slice().limit(count));
            answer.position(answer.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static String readAnswer(String answer, int size) throws IOException {
        return new String(UpgradeHandshake.readAnswer(new Pieces(answer, size)), ISO_8859_1);
    }

    @Test
    void readsAnAgreementInPiecesOfAnySize() throws IOException {
        for (int size = 1; size <= AGREED.length(); size++) {
            assertThat(readAnswer(AGREED, size)).as("in pieces of %d", size).isEmpty();
        }
    }

    @Test
    void keepsWhatComesWithTheAgreement() throws IOException {
        assertThat(readAnswer(AGREED + "\1\0\0\0", 1000)).isEqualTo("\1\0\0\0");
        assertThat(readAnswer("HTTP/1.0 200 OK\r\n\r\n\r\n\r\n", 1000)).isEqualTo("\r\n\r\n");
    }

    @Test
    void reportsTheTextOfARefusalInPiecesOfAnySize() {
        String text = "{\"message\":\"No such container: x\"}";
        String refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
        for (int size = 1; size <= refusal.length(); size++) {
            int pieces = size;
            assertThatThrownBy(() -> readAnswer(refusal + "the next answer", pieces))
                    .as("in pieces of %d", size)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the engine answered: HTTP/1.1 404 Not Found")
                    .hasMessageContaining(text);
        }
    }

    @Test
    void reportsARefusalThatBreaksOffOrHasNoLength() {
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nno", 7))
                .hasMessage("the engine answered: HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nno");
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 500 Oops\r\n\r\n", 7))
                .hasMessage("the engine answered: HTTP/1.1 500 Oops");
    }

    @Test
    void reportsAConnectionThatEndsBeforeTheAnswer() {
        assertThatThrownBy(() -> readAnswer("", 1)).hasMessage("the engine ended the connection after: ");
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 101 UPG", 5))
                .hasMessage("the engine ended the connection after: HTTP/1.1 101 UPG");
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 101 UPGRADED\r\nX: " + "x".repeat(100_000), 10_000))
                .hasMessage("the engine's answer has headers of more than 65536 bytes");
        String refusal = "HTTP/1.1 500 Oops\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        IOException failure = catchThrowableOfType(IOException.class, () -> readAnswer(refusal, 10_000));
        assertThat(failure).hasMessageStartingWith("the engine answered: HTTP/1.1 500 Oops");
        assertThat(failure.getMessage()).hasSizeLessThan(65_600);
    }
}
