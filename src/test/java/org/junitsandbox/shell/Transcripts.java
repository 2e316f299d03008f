package org.junitsandbox.shell;

import java.util.Optional;

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

    /** Returns figures that are all unknown. */
    public static Usage unknownUsage(String reason) {
        return Usage.unknown(new ActivityLog(), reason);
    }
}
