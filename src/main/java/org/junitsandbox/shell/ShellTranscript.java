package org.junitsandbox.shell;

import java.util.List;
import java.util.function.Consumer;
import org.junitsandbox.spec.SandboxSpec;

/** The methods of {@link Shell} for what has happened in its sandbox. */
abstract class ShellTranscript {

    private final TranscriptRecorder recorder;

    ShellTranscript(TranscriptRecorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Returns what has happened in the sandbox so far, resets included. Also after {@link Shell#close()}.
     *
     * @return the events up to now; a command that is running is one without an end
     */
    public Transcript transcript() {
        return recorder.transcript(Transcript.describe(spec(), limitWarnings()), spec().limits());
    }

    /**
     * Adds a line to the transcript: what the test is about to do, for example.
     *
     * @param text the line
     */
    public void note(String text) {
        recorder.note(text);
    }

    /**
     * Adds what the sandbox has used since it was handed out to the transcript. Where a transcript is written for a
     * test, JUnit's tests end with that. A transcript has the reason if it cannot be read.
     *
     * @throws SandboxException as {@link Shell#usage()} does
     */
    public void noteUsage() {
        recorder.recordUsage(this::usage);
    }

    /**
     * Adds which files have changed to the transcript; see {@link Shell#changes()}. Where a transcript is written for a
     * test, JUnit's tests end with that. A transcript has the reason if they cannot be found.
     *
     * @throws SandboxException as {@link Shell#changes()} does
     * @throws IllegalStateException if it is not known which files there were before
     */
    public void noteChanges() {
        recorder.recordChanges(this::changes);
    }

    /**
     * Hides a secret: transcripts and messages of failed assertions from now on show {@code ***} in its place, in
     * commands, names, environments and output, also in what came before. It is found where it stands as a whole, byte
     * by byte as UTF-8, also across the parts in which output came, and quoted for a shell or escaped for a message. It
     * is not found where a program changed it, wrote it in base64, for example. Results are not changed.
     *
     * @param secret the text to hide
     * @throws IllegalArgumentException if it is empty
     */
    public void mask(String secret) {
        recorder.mask(secret);
    }

    /**
     * Returns texts as this sandbox's transcripts show them, with secrets masked.
     *
     * @param texts what may have secrets in it: names, for example
     * @return the texts in the same order
     */
    public List<String> masked(List<String> texts) {
        return recorder.masked(texts);
    }

    /**
     * Calls a listener whenever there is a new secret, by {@link #mask} or of a command. What it has kept of earlier
     * events may show that secret; {@link #transcript()} does not. It is called on the thread that has added the
     * secret, before a command that has it begins; it cannot use the shell. An exception from it ends the call that
     * has added the secret.
     *
     * @param listener is called from now on
     * @return ends that when it is closed; need not be closed, as it holds nothing else
     */
    public Subscription onMask(Runnable listener) {
        return recorder.listenToMasks(listener);
    }

    /**
     * Passes each event to a listener when it begins and once more when it has ended, as the transcript has it. It is
     * called on the thread of the event, which waits for it; it cannot use the shell. An exception from it ends the
     * call that the event is of.
     *
     * @param listener receives the events from now on
     * @return ends that when it is closed; need not be closed, as it holds nothing else
     */
    public Subscription onEvent(Consumer<TranscriptEvent> listener) {
        return recorder.listen(listener);
    }

    /**
     * Passes what commands write to a listener while they run, as transcripts have it: UTF-8 text with secrets masked,
     * which may have control characters. A part is cut anywhere but within a character or a secret; what may be the
     * beginning of one of these comes with the next part, or at the command's end. What {@link OutputListener}
     * describes holds for this listener, too: above all, the command waits for it.
     *
     * @param listener receives the output from now on
     * @return ends that when it is closed; need not be closed, as it holds nothing else
     */
    public Subscription onOutput(Consumer<TranscriptOutput> listener) {
        return recorder.listenToOutput(listener);
    }

    abstract SandboxSpec spec();

    abstract Usage usage();

    abstract Changes changes();

    abstract List<String> limitWarnings();
}
