package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.ShellKind;

/** Background processes write to the stdout by which the library's own commands answer. */
@Timeout(300)
@ParameterizedClass
@EnumSource(ShellKind.class)
class ForgedAnswersIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private final Shell shell;

    ForgedAnswersIT(ShellKind kind) {
        shell = SHELLS.open(kind.spec());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    /** Prints a text without end. */
    private void keepPrinting(String format) {
        shell.run("(while :; do printf '" + format + "'; done) &");
    }

    /** Whether another process's output comes amid an answer is by chance: each answer is right, or refused. */
    private static void checkRightOrRefused(Runnable check) {
        for (int i = 0; i < 5; i++) {
            try {
                check.run();
            } catch (TransferException e) {
                assertThat(e).hasMessageContaining(": background processes wrote to stdout meanwhile, amid the answer");
            }
        }
    }

    @Test
    void seesAFileAsItIs() {
        shell.run("printf 12345 >f && ln -s f l");
        Optional<FileStatus> file = shell.status("f");
        Optional<FileStatus> link = shell.status("l");
        keepPrinting(ForgedStat.LINE + "\\n");

        for (int i = 0; i < 5; i++) {
            assertThat(shell.status("f")).isEqualTo(file);
            assertThat(shell.status("l")).isEqualTo(link);
            assertThat(shell.status("gone")).isEmpty();
        }
    }

    @Test
    void followsALinkToWhereItLeads() {
        shell.run(": >f && ln -s f l");
        keepPrinting("/etc/passwd\\n");

        assertThat(shell.resolveLinks("l")).contains("/work/f");
        assertThat(shell.resolveLinks("gone")).isEmpty();
    }

    @Test
    void readsTheBeginningAndTheDigestOfTheFileItself() {
        shell.run("printf '\\211PNG\\r\\n\\032\\n\\0' >f && head -c 200000 /dev/zero >large");
        String digest = shell.sha256("f");
        keepPrinting("GIF89a");

        assertThat(shell.copyOutHead("f", 100)).containsExactly(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0);
        assertThat(shell.copyOutHead("f", 0)).isEmpty();
        assertThat(shell.copyOutHead("large", SmallAnswer.MAX_BYTES)).isEqualTo(new byte[SmallAnswer.MAX_BYTES]);
        assertThat(shell.sha256("f")).isEqualTo(digest);
        checkRightOrRefused(() ->
                assertThat(shell.copyOutHead("large", SmallAnswer.MAX_BYTES + 1)).hasSize(SmallAnswer.MAX_BYTES + 1)
                        .containsOnly(0));
    }

    @Test
    void listsNothingThatIsNotThere() {
        keepPrinting("./ok//" + ForgedStat.LINE + "\\n");

        checkRightOrRefused(() -> assertThat(shell.list(".")).isEmpty());
        shell.run(Command.of("sleep 60").timeLimit(Duration.ofMillis(1)));
        assertThat(shell.list(".")).isEmpty();
    }

    @Test
    void findsAChangeThatIsHidden() {
        shell.copyIn("old".getBytes(StandardCharsets.UTF_8), "copied");
        shell.run("printf old >f");
        shell.markFiles();
        shell.run("LC_ALL=C TZ=UTC0 stat -c '/work/f//" + StatLine.FORMAT + "' f >/tmp/line && printf new >f");
        shell.run("(line=$(cat /tmp/line); while :; do printf '%s\\n' \"$line\"; done) &");

        checkRightOrRefused(() -> assertThat(shell.changes().paths()).contains("/work/f"));
    }

    @Test
    void computesTheDigestOfWhatWasCopiedInByItself() {
        byte[] content = "old".getBytes(StandardCharsets.UTF_8);
        shell.copyIn(content, "f");
        shell.run("touch -r f /tmp/time && printf new >f && touch -r /tmp/time f && rm /tmp/time");
        keepPrinting(Sha256.of(content) + "  /work/f\\n");

        checkRightOrRefused(() -> assertThat(shell.changes().paths()).contains("/work/f"));
    }
}
