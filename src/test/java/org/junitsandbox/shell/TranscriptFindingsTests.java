package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junitsandbox.spec.ResourceLimits;

/** What a transcript has of usage and of changes. */
class TranscriptFindingsTests {

    private final TranscriptRecorder recorder = new TranscriptRecorder();

    @Test
    void keepsTheFirstOfVeryManyChangesAndCountsTheOthers() {
        FileChange[] changes = IntStream.range(0, 3000)
                .mapToObj(i -> Transcripts.change(FileChange.Kind.DELETED, "/work/" + i, null))
                .toArray(FileChange[]::new);
        recorder.recordChanges(() -> Transcripts.changes(changes));
        recorder.recordChanges(() -> Transcripts.changes(
                Transcripts.change(FileChange.Kind.DELETED, "/" + "x".repeat(200_000), null),
                Transcripts.change(FileChange.Kind.DELETED, "/" + "y".repeat(200_000), null)));
        List<TranscriptEvent> events = recorder.transcript(List.of(), ResourceLimits.DEFAULT).events();

        assertThat(events.get(0).changes()).hasValueSatisfying(kept -> assertThat(kept).hasSize(1000));
        assertThat(events.get(0).omittedChanges()).isEqualTo(2000);
        assertThat(events.get(1).changes()).hasValueSatisfying(kept -> assertThat(kept).hasSize(1));
        assertThat(events.get(1).omittedChanges()).isEqualTo(1);
    }

    @Test
    void masksChanges() {
        recorder.recordChanges(() -> Transcripts.changes(
                Transcripts.change(FileChange.Kind.DELETED, "/work/a s3cret", null),
                Transcripts.change(
                        FileChange.Kind.ADDED,
                        "/work/link",
                        FileStatuses.of(FileStatus.Type.SYMBOLIC_LINK, 7, 0777))));
        recorder.mask("s3cret");
        recorder.mask("nowhere");

        assertThat(recorder.transcript(List.of(), ResourceLimits.DEFAULT).events().get(0).changes())
                .hasValueSatisfying(changes -> assertThat(changes)
                        .hasToString("deleted /work/a ***\n"
                                + "added /work/link (symbolic link to ***, mode 0777, owner 65534:65534)"));
    }

    @Test
    void hasTheReasonWhyThereAreNoFindings() {
        assertThat(catchThrowable(() -> recorder.recordUsage(() -> {
                    throw new IllegalStateException("as planned");
                })))
                .hasMessage("as planned");
        TranscriptEvent event = recorder.transcript(List.of(), ResourceLimits.DEFAULT).events().get(0);

        assertThat(event.kind()).isEqualTo(TranscriptEvent.Kind.USAGE);
        assertThat(event.usage()).isEmpty();
        assertThat(event.end()).hasValueSatisfying(end -> assertThat(end.result()).isEqualTo("as planned"));
    }
}
