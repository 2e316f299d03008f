package org.junitsandbox.evidence;

import java.time.Duration;
import java.util.Locale;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.TranscriptEvent;

/** What all writers write alike. */
final class Headings {

    private Headings() {}

    /** Returns what stands before an event's text. */
    static String label(TranscriptEvent event) {
        return switch (event.kind()) {
            case COMMAND -> "$ ";
            case START -> "in the background: $ ";
            case COPY_IN -> "copy in: ";
            case COPY_OUT -> "copy out: ";
            case CHECKPOINT -> "checkpoint";
            case RESET -> "reset to a clean container";
            case NOTE -> "# ";
            case USAGE -> "used since the sandbox was opened or reset";
            case CHANGES -> "changes of files";
        };
    }

    /** Returns what stands before a line that a command wrote. */
    static String label(StandardStream stream) {
        return stream == StandardStream.STDOUT ? "out" : "ERR";
    }

    /** Writes how an event that has ended did so. */
    static String result(TranscriptEvent event) {
        TranscriptEvent.End end = event.end().orElseThrow();
        String result = end.result().isEmpty() ? (end.succeeded() ? "done" : "failed") : end.result();
        return result + ", after " + Units.round(end.duration())
                + event.directory().map(directory -> ", in " + directory).orElse("");
    }

    /** Whether there is more to write of the end of an event than what was found out. */
    static boolean hasResult(TranscriptEvent event) {
        return switch (event.kind()) {
            case NOTE -> false;
            case USAGE, CHANGES -> event.end().map(end -> !end.succeeded()).orElse(true);
            default -> true;
        };
    }

    static double inSeconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Writes a time in seconds, with three decimals. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", inSeconds(time));
    }
}
