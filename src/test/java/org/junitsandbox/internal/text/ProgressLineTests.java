package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTests {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ProgressLine line = new ProgressLine(new PrintStream(written, false, StandardCharsets.UTF_8));

    /** What has been written since the last call. */
    private String written() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    @Test
    void overwritesAllOfTheTextBefore() {
        line.show("pull", "", "10 of 12 MiB");
        assertThat(written()).isEqualTo("\r10 of 12 MiB");

        line.show("pull", "", "done");
        assertThat(written()).isEqualTo("\rdone" + " ".repeat(8));

        line.end("pull");
        assertThat(written()).isEqualTo("\r" + " ".repeat(4) + "\r");
    }

    @Test
    void showsOfSeveralTheLastAndHowManyOthersThereAre() {
        line.show("one", "", "first");
        line.show("two", "", "second");
        written();

        line.show("one", "", "first goes on");
        assertThat(written()).isEqualTo("\rsecond (and 1 more)");
        line.end("two");
        assertThat(written()).isEqualTo("\rfirst goes on" + " ".repeat(6));
    }

    @Test
    void writesNothingOfWhatWasNeverShown() {
        line.end("nothing");

        assertThat(written()).isEmpty();
    }

    @Test
    void staysWithinTheTerminal() {
        line.show("long", "a".repeat(80), "");
        assertThat(written()).isEqualTo("\r" + "a".repeat(76) + "...");

        line.show("long", "\u5b57".repeat(80), "");
        assertThat(written()).isEqualTo("\r" + "\u5b57".repeat(38) + "...");

        line.show("long", "a".repeat(80), " for 3 s: half way");
        assertThat(written()).isEqualTo("\r" + "a".repeat(58) + "... for 3 s: half way");
    }

    @Test
    void letsNothingControlTheTerminal() {
        line.show("hostile", "", "\u001b[2J\n\u202egnp");

        assertThat(written()).isEqualTo("\r\\u001B[2J\\n\\u202Egnp");
    }

    @Test
    void isNotForServersAndTerminalsThatCannotOverwrite() {
        assertThat(Terminal.canOverwrite(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.canOverwrite(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.canOverwrite(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
        assertThat(Terminal.canOverwrite(Map.of("CI", "false"))).isTrue();
    }
}
