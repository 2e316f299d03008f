package org.junitsandbox.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Subscription;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that grow with a transcript. Safe for use by several threads. */
final class Journal implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Shell shell;
    private final String title;
    private final Path directory;
    private final List<Writer> files = new ArrayList<>();
    private final List<EventWriter> writers = new ArrayList<>();
    private Subscription events = () -> {};
    private Subscription secrets = () -> {};
    private boolean closed;
    private boolean rewritten;
    private long omittedEvents;

    private Journal(Shell shell, String title, Path directory) {
        this.shell = shell;
        this.title = title;
        this.directory = directory;
    }

    static Journal open(Shell shell, String title, Path directory) throws IOException {
        Journal journal = new Journal(shell, title, directory);
        journal.writeAll(shell.transcript());
        journal.events = shell.onEvent(journal::write);
        journal.secrets = shell.onMask(journal::rewrite);
        return journal;
    }

    private synchronized void writeAll(Transcript transcript) throws IOException {
        closeFiles();
        String shownTitle = shownTitle();
        try {
            writers.add(new TextWriter(file(TranscriptFiles.TEXT), shownTitle, transcript));
            writers.add(new CastWriter(file(TranscriptFiles.CAST), shownTitle, transcript));
            for (TranscriptEvent event : transcript.events()) {
                TranscriptFiles.writeWhole(event, writers);
            }
            flush();
            omittedEvents = transcript.omittedEvents();
        } catch (IOException | RuntimeException e) {
            closeFiles();
            throw e;
        }
    }

    private String shownTitle() {
        return shell.masked(List.of(title)).get(0);
    }

    /** Hides a new secret in what is written already. */
    private void rewrite() {
        Transcript transcript = shell.transcript();
        synchronized (this) {
            if (closed) {
                return;
            }
            try {
                rewritten = true;
                writeAll(transcript);
            } catch (IOException e) {
                endHere(e);
            }
        }
    }

    private void endHere(IOException cause) {
        closed = true;
        Notices.warn(LOG, "The transcript in " + directory + " ends here, as it cannot be written: " + cause);
    }

    private Writer file(String name) throws IOException {
        Writer file = Files.newBufferedWriter(directory.resolve(name));
        files.add(file);
        return file;
    }

    private synchronized void write(TranscriptEvent event) {
        if (closed) {
            return;
        }
        try {
            if (event.kind() == TranscriptEvent.Kind.NOTE) {
                TranscriptFiles.writeWhole(event, writers);
            } else {
                for (EventWriter writer : writers) {
                    if (event.end().isPresent()) {
                        writer.end(event);
                    } else {
                        writer.begin(event);
                    }
                }
            }
            flush();
        } catch (IOException e) {
            endHere(e);
        }
    }

    private void flush() throws IOException {
        for (Writer file : files) {
            file.flush();
        }
    }

    /** Not while it is locked: the shell may be in the middle of passing an event. */
    @Override
    public void close() throws IOException {
        Transcript transcript = shell.transcript();
        try {
            TranscriptFiles.writePage(transcript, shownTitle(), directory);
            hideSecretsOfOtherThreads(transcript);
        } finally {
            events.close();
            secrets.close();
            end();
        }
    }

    /** An event may have been on its way here when its secret was added, unless this would drop events. */
    private synchronized void hideSecretsOfOtherThreads(Transcript transcript) throws IOException {
        if (rewritten && !closed && transcript.omittedEvents() == omittedEvents) {
            writeAll(transcript);
        }
    }

    private synchronized void end() throws IOException {
        closed = true;
        closeFiles();
    }

    private void closeFiles() throws IOException {
        for (Writer file : files) {
            file.close();
        }
        files.clear();
        writers.clear();
    }
}
