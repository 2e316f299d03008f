package org.junitsandbox.evidence;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.TranscriptOutput;

/**
 * Writes a recording in the format asciicast v2, which {@code asciinema} plays. Of what could control a terminal, only
 * colours are in it.
 */
final class CastWriter implements EventWriter {

    private static final int WIDTH = 100;
    private static final int HEIGHT = 30;

    private static final String BOLD = "\u001B[1m";
    private static final String RED = "\u001B[31m";
    private static final String FAINT = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final Appendable target;
    private double last;

    CastWriter(Appendable target, String title, Transcript transcript) throws IOException {
        this.target = target;
        Map<String, Object> header = new TreeMap<>(Map.of(
                "version", 2,
                "width", WIDTH,
                "height", HEIGHT,
                "timestamp", transcript.openedAt().getEpochSecond(),
                "title", Printable.of(title)));
        target.append(Json.of(header)).append('\n');
        for (String fact : transcript.description()) {
            frame(Duration.ZERO, FAINT + Printable.of(fact) + PLAIN + "\n");
        }
        if (transcript.omittedEvents() > 0) {
            frame(Duration.ZERO, "(" + Excerpt.count(transcript.omittedEvents(), "earlier event") + " left out)\n");
        }
    }

    @Override
    public void begin(TranscriptEvent event) throws IOException {
        frame(event.at(), BOLD + Printable.lines(Headings.label(event) + event.text()) + PLAIN + "\n");
    }

    @Override
    public void end(TranscriptEvent event) throws IOException {
        ColouredText stdout = new ColouredText();
        ColouredText stderr = new ColouredText();
        for (TranscriptOutput part : event.output()) {
            frame(part.at(), part.stream() == StandardStream.STDOUT
                    ? stdout.read(part.text())
                    : RED + stderr.read(part.text()) + PLAIN);
        }
        TranscriptEvent.End end = event.end().orElseThrow();
        Duration at = event.at().plus(end.duration());
        String rest = stdout.end() + stderr.end();
        if (!rest.isEmpty()) {
            frame(at, rest);
        }
        if (Headings.hasResult(event)) {
            frame(at, PLAIN + FAINT + "(" + Printable.of(Headings.result(event)) + ")" + PLAIN + "\n");
        }
        for (String finding : Findings.lines(event)) {
            frame(at, FAINT + finding + PLAIN + "\n");
        }
    }

    /** Time does not go back in a recording, also where events overlap. */
    private void frame(Duration at, String text) throws IOException {
        last = Math.max(last, Headings.inSeconds(at));
        target.append(Json.of(List.of(last, "o", text.replace("\n", "\r\n")))).append('\n');
    }
}
