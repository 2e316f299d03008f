package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.Transcripts;

class UsageSectionTests {

    private static Transcript transcript(String reason) {
        return Transcripts.withUsage(
                Transcripts.of(TranscriptEvent.Kind.USAGE, Duration.ofSeconds(1)),
                TranscriptEvent.Kind.USAGE,
                Transcripts.unknownUsage(reason));
    }

    @Test
    void givesTheReasonOfEachFigureThatIsNotKnownAndDrawsNothing() {
        Transcript transcript = transcript("<no> counters");

        assertThat(UsageSection.of(transcript, Optional.of(transcript.events().get(0)), ""))
                .contains("<dt>CPU time</dt><dd>unknown<small>&#60;no&#62; counters</small></dd>")
                .contains("<dt>Forks refused</dt><dd>unknown<small>&#60;no&#62; counters</small></dd>")
                .doesNotContain("<svg", "notable");
    }

    @Test
    void givesTheReasonWhereNothingWasRead() {
        assertThat(UsageSection.of(transcript(""), Optional.empty(), ""))
                .contains("What the sandbox used is not known: it was not looked for when the transcript was written");
    }

    @Test
    void givesTheReasonWhereCommandsHaveNoFigures() {
        Transcript read = Transcripts.withUsage(
                Transcripts.of(TranscriptEvent.Kind.COMMAND, Duration.ofSeconds(1)),
                TranscriptEvent.Kind.COMMAND,
                Transcripts.unknownUsage("no <b> counters"));
        Transcript notRead = Transcripts.of(TranscriptEvent.Kind.COMMAND, Duration.ofSeconds(1));

        assertThat(new UsagePlots(read, read.events()).commands())
                .contains("CPU of each command: no figure; unknown of 1: no &#60;b&#62; counters")
                .contains("Memory of each command: no figure; unknown of 1: no &#60;b&#62; counters")
                .doesNotContain("<svg");
        assertThat(new UsagePlots(notRead, notRead.events()).commands())
                .contains("What each command used was not read; usage = EACH_COMMAND does so.");
    }
}
