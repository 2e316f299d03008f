package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineListenerTests {

    private final List<String> lines = new ArrayList<>();
    private final LineListener listener = new LineListener((stream, line) -> lines.add(stream + " " + line));

    private void write(StandardStream stream, String text) {
        listener.output(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void passesALineWhenItHasEnded() {
        write(StandardStream.STDOUT, "one\n\ntw");
        assertThat(lines).containsExactly("STDOUT one", "STDOUT ");

        write(StandardStream.STDOUT, "o\nthree");
        assertThat(lines).containsExactly("STDOUT one", "STDOUT ", "STDOUT two");
    }

    @Test
    void passesALastLineWithoutALineFeedAtTheEnd() {
        write(StandardStream.STDOUT, "one\ntwo");
        listener.finish();

        assertThat(lines).containsExactly("STDOUT one", "STDOUT two");
    }

    @Test
    void passesNoLineAfterALastLineFeed() {
        write(StandardStream.STDOUT, "one\n");
        listener.finish();

        assertThat(lines).containsExactly("STDOUT one");
    }

    @Test
    void keepsTheLinesOfTheTwoStreamsApart() {
        write(StandardStream.STDOUT, "o");
        write(StandardStream.STDERR, "e1\ne");
        write(StandardStream.STDOUT, "1\n");
        write(StandardStream.STDERR, "2\n");

        assertThat(lines).containsExactly("STDERR e1", "STDOUT o1", "STDERR e2");
    }

    @Test
    void reassemblesACharacterThatIsCut() {
        byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);
        for (byte part : euro) {
            listener.output(StandardStream.STDOUT, new byte[] {part});
        }

        assertThat(lines).containsExactly("STDOUT €");
    }

    @Test
    void passesAVeryLongLineInPieces() {
        int max = LineListener.MAX_LINE_BYTES;
        write(StandardStream.STDOUT, "x".repeat(max) + "\n" + "y".repeat(max));
        write(StandardStream.STDOUT, "z\n");

        assertThat(lines).extracting(line -> line.length() - "STDOUT ".length()).containsExactly(max, max, 1);
    }
}
