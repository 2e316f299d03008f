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
    private Subscription subscription = () -> {};
    private boolean closed;

    private Journal(Shell shell, String title, Path directory) {
        this.shell = shell;
        this.title = title;
        this.directory = directory;
    }

    static Journal open(Shell shell, String title, Path directory) throws IOException {
        Journal journal = new Journal(shell, title, directory);
        Transcript transcript = shell.transcript();
        try {
            Writer text = journal.file(TranscriptFiles.TEXT);
            journal.writers.add(new TextWriter(text, title, transcript));
            Writer cast = journal.file(TranscriptFiles.CAST);
            journal.writers.add(new CastWriter(cast, title, transcript));
        } catch (IOException | RuntimeException e) {
            journal.closeFiles();
            throw e;
        }
        for (TranscriptEvent event : transcript.events()) {
            TranscriptFiles.writeWhole(event, journal.writers);
        }
        journal.flush();
        journal.subscription = shell.onEvent(journal::write);
        return journal;
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
            closed = true;
            Notices.warn(LOG, "The transcript in " + directory + " ends here, as it cannot be written: " + e);
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
        try {
            TranscriptFiles.writePage(shell.transcript(), title, directory);
        } finally {
            subscription.close();
            closeFiles();
        }
    }

    private synchronized void closeFiles() throws IOException {
        closed = true;
        for (Writer file : files) {
            file.close();
        }
    }
}
