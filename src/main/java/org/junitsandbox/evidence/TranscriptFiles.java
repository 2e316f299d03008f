package org.junitsandbox.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;

/**
 * Writes a sandbox's transcript to files. What came from the sandbox cannot control a terminal, turn the reading
 * direction, or put markup, scripts or links into the page.
 *
 * @since 0.1
 */
public final class TranscriptFiles {

    /** The name of the plain text: {@value}. */
    public static final String TEXT = "transcript.txt";

    /** The name of the recording in the format asciicast v2, for {@code asciinema play}: {@value}. */
    public static final String CAST = "transcript.cast";

    /** The name of the page for a browser: {@value}. */
    public static final String PAGE = "transcript.html";

    private TranscriptFiles() {}

    /** Makes a writer of events. */
    private interface Format {
        EventWriter open(Appendable target, String title, Transcript transcript) throws IOException;
    }

    /**
     * Writes all files.
     *
     * @param transcript what they show
     * @param title what the sandbox is, for people
     * @param directory an existing directory; files of these names there are replaced
     * @throws IOException if they cannot be written
     */
    public static void write(Transcript transcript, String title, Path directory) throws IOException {
        write(transcript, title, directory.resolve(TEXT), TextWriter::new);
        write(transcript, title, directory.resolve(CAST), CastWriter::new);
        writePage(transcript, title, directory);
    }

    static void writePage(Transcript transcript, String title, Path directory) throws IOException {
        Files.writeString(directory.resolve(PAGE), HtmlPage.of(title, transcript));
    }

    private static void write(Transcript transcript, String title, Path file, Format format) throws IOException {
        try (Writer target = Files.newBufferedWriter(file)) {
            EventWriter writer = format.open(target, title, transcript);
            for (TranscriptEvent event : transcript.events()) {
                writeWhole(event, List.of(writer));
            }
        }
    }

    /** Writes what is known of an event. */
    static void writeWhole(TranscriptEvent event, List<EventWriter> writers) throws IOException {
        for (EventWriter writer : writers) {
            writer.begin(event);
            if (event.end().isPresent()) {
                writer.end(event);
            }
        }
    }

    /**
     * Writes the plain text and the recording event by event, from now on for as long as the shell is used. They are
     * whole up to the last event, however this JVM ends; a command that is running is in them, without its output. The
     * page is written at the end. When a secret is masked, both files are written anew from {@link Shell#transcript()}.
     *
     * @param shell a shell that was just opened
     * @param title what the sandbox is, for people
     * @param directory an existing directory; files of these names there are replaced
     * @return writes the page and closes the files; the shell is left open
     * @throws IOException if they cannot be made; later, it is logged
     */
    public static Closeable follow(Shell shell, String title, Path directory) throws IOException {
        return Journal.open(shell, title, directory);
    }
}
