package org.junitsandbox.evidence;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.TranscriptOutput;

/** Writes plain text, in which each line that a command wrote begins with its time and its stream. */
final class TextWriter implements EventWriter {

    private final Appendable target;

    /** The event whose beginning was written last. */
    private @Nullable String last;

    TextWriter(Appendable target, String title, Transcript transcript) throws IOException {
        this.target = target;
        line("Transcript of " + Printable.of(title) + ", opened at " + transcript.openedAt());
        line("");
        for (String fact : transcript.description()) {
            line("  " + Printable.of(fact));
        }
        if (transcript.omittedEvents() > 0) {
            line("");
            line("(" + Excerpt.count(transcript.omittedEvents(), "earlier event") + " left out)");
        }
    }

    @Override
    public void begin(TranscriptEvent event) throws IOException {
        line("");
        String indent = "";
        String text = Printable.lines(Headings.label(event) + event.text());
        for (String part : text.split("\n", -1)) {
            line(indent.isEmpty() ? "[" + Headings.seconds(event.at()) + " s] " + part : indent + part);
            indent = "    > ";
        }
        for (String detail : event.details()) {
            line("  with " + Printable.of(detail));
        }
        last = id(event);
    }

    @Override
    public void end(TranscriptEvent event) throws IOException {
        if (!id(event).equals(last)) {
            begin(event);
        }
        writeOutput(event);
        if (Headings.hasResult(event)) {
            line("  " + Printable.of(Headings.result(event)));
        }
        for (String finding : Findings.lines(event)) {
            line("  " + finding);
        }
        last = null;
    }

    private static String id(TranscriptEvent event) {
        return event.kind() + " " + event.at() + " " + event.text();
    }

    private void writeOutput(TranscriptEvent event) throws IOException {
        StandardStream unfinished = null;
        for (TranscriptOutput part : event.output()) {
            String text = part.text();
            for (int done = 0; done < text.length(); ) {
                int lineFeed = text.indexOf('\n', done);
                int end = lineFeed < 0 ? text.length() : lineFeed;
                if (unfinished != part.stream()) {
                    target.append(unfinished == null ? "" : " (no line feed)\n");
                    target.append("  " + Headings.seconds(part.at()) + " s "
                            + Headings.label(part.stream()) + " | ");
                }
                target.append(Printable.of(text.substring(done, end)));
                target.append(lineFeed < 0 ? "" : "\n");
                unfinished = lineFeed < 0 ? part.stream() : null;
                done = end + 1;
            }
        }
        target.append(unfinished == null ? "" : " (no line feed)\n");
    }

    private void line(String text) throws IOException {
        target.append(text).append('\n');
    }
}
