package org.junitsandbox.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.spec.ResourceLimits;

/** Changes transcripts, for tests of code that shows them. */
public final class Transcripts {

    private Transcripts() {}

    /** Returns the same transcript in which every event of a kind has used the same. */
    public static Transcript withUsage(Transcript transcript, TranscriptEvent.Kind kind, Usage usage) {
        return new Transcript(
                transcript.openedAt(),
                transcript.description(),
                transcript.limits(),
                transcript.events().stream()
                        .map(event -> event.kind() == kind ? withUsage(event, usage) : event)
                        .toList(),
                transcript.omittedEvents());
    }

    private static TranscriptEvent withUsage(TranscriptEvent event, Usage usage) {
        return new TranscriptEvent(
                event.kind(),
                event.text(),
                event.details(),
                event.directory(),
                event.at(),
                event.end(),
                event.output(),
                event.omittedBytes(),
                Optional.of(usage),
                event.changes(),
                event.omittedChanges());
    }

    /** Returns a transcript of one event that has succeeded at once. */
    public static Transcript of(TranscriptEvent.Kind kind, Duration duration) {
        TranscriptEvent event = new TranscriptEvent(
                kind,
                "",
                List.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.of(new TranscriptEvent.End(true, "", duration)),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                0);
        return new Transcript(Instant.EPOCH, List.of(), ResourceLimits.DEFAULT, List.of(event), 0);
    }

    public static Changes changes(FileChange... changes) {
        return new Changes(List.of(changes));
    }

    /**
     * Returns one change.
     *
     * @param status null if it was deleted
     */
    public static FileChange change(FileChange.Kind kind, String path, @Nullable FileStatus status) {
        return new FileChange(kind, path, Optional.ofNullable(status));
    }

    /** Returns figures that are all unknown. */
    public static Usage unknownUsage(String reason) {
        return Usage.unknown(new ActivityLog(), reason);
    }
}
