package org.junitsandbox.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One event of a {@link Transcript}. Immutable. Its texts are those of commands, names and output, with secrets masked;
 * they may have control characters.
 *
 * @since 0.1
 */
public final class TranscriptEvent {

    /** The kinds of events. */
    public enum Kind {
        /** A command ran: {@link Shell#run(Command)} and {@link Shell#runAsync(Command)}. */
        COMMAND,
        /** A command was started in the background: {@link Shell#start(Command)}. Its output is not recorded. */
        START,
        /** A file or a directory was copied in. */
        COPY_IN,
        /** A file or a directory was copied out, or read. */
        COPY_OUT,
        /** A checkpoint was taken: {@link Shell#checkpoint()}. */
        CHECKPOINT,
        /** The container was replaced by a clean one: {@link Shell#reset()}. */
        RESET,
        /** {@link Shell#note}. JUnit's tests have one where each begins. */
        NOTE,
        /** What all commands had used was read: {@link Shell#noteUsage()}. */
        USAGE,
        /** Changed files were looked for: {@link Shell#noteChanges()}. */
        CHANGES
    }

    /** The end of an event. Immutable. */
    public static final class End {

        private final boolean succeeded;
        private final String result;
        private final Duration duration;

        End(boolean succeeded, String result, Duration duration) {
            this.succeeded = succeeded;
            this.result = result;
            this.duration = duration;
        }

        /** {@return whether a command succeeded, or what else was done did not fail} */
        public boolean succeeded() {
            return succeeded;
        }

        /**
         * Returns how it ended.
         *
         * @return a command's outcome, or the message of an exception; empty where there is no more to report
         */
        public String result() {
            return result;
        }

        /** {@return how long it took} */
        public Duration duration() {
            return duration;
        }
    }

    private final Kind kind;
    private final String text;
    private final List<String> details;
    private final Optional<String> directory;
    private final Duration at;
    private final Optional<End> end;
    private final List<TranscriptOutput> output;
    private final long omittedBytes;
    private final Optional<Usage> usage;
    private final Optional<Changes> changes;
    private final int omittedChanges;

    TranscriptEvent(
            Kind kind,
            String text,
            List<String> details,
            Optional<String> directory,
            Duration at,
            Optional<End> end,
            List<TranscriptOutput> output,
            long omittedBytes,
            Optional<Usage> usage,
            Optional<Changes> changes,
            int omittedChanges) {
        this.kind = kind;
        this.text = text;
        this.details = details;
        this.directory = directory;
        this.at = at;
        this.end = end;
        this.output = output;
        this.omittedBytes = omittedBytes;
        this.usage = usage;
        this.changes = changes;
        this.omittedChanges = omittedChanges;
    }

    /**
     * Returns what kind of event it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what was done.
     *
     * @return a command's source text, what was copied where, or a note; of a text of more than 64 Ki characters the
     *     beginning and the end; empty where the kind has all
     */
    public String text() {
        return text;
    }

    /**
     * Returns what was special about a command.
     *
     * @return its environment, stdin and time limit, one a line; empty for other events
     */
    public List<String> details() {
        return details;
    }

    /**
     * Returns where a command ran.
     *
     * @return its directory at its start; empty until it has ended, and for other events
     */
    public Optional<String> directory() {
        return directory;
    }

    /**
     * Returns when it began.
     *
     * @return the time from the opening of the sandbox on
     */
    public Duration at() {
        return at;
    }

    /**
     * Returns how and when it ended.
     *
     * @return empty if it has not ended
     */
    public Optional<End> end() {
        return end;
    }

    /**
     * Returns what a command wrote. A part begins where output came on another stream or at another time; of very many,
     * those are one that came at nearly the same time.
     *
     * @return the parts in the order in which they came, which between the two streams may be another than that in
     *     which they were written; of more than 64 KiB on one stream its beginning and its end; empty until the command
     *     has ended
     */
    public List<TranscriptOutput> output() {
        return output;
    }

    /**
     * Returns how much of the output was left out.
     *
     * @return a number of bytes; the text shows where
     */
    public long omittedBytes() {
        return omittedBytes;
    }

    /**
     * Returns what was used.
     *
     * @return of a {@link Kind#COMMAND} what it used, if that was read for it alone: with {@code usage = EACH_COMMAND},
     *     or because a test asked right after it; of {@link Kind#USAGE} what all commands used; otherwise empty
     */
    public Optional<Usage> usage() {
        return usage;
    }

    /**
     * Returns which files had changed.
     *
     * @return the first 1000, or fewer with long paths; empty unless this is {@link Kind#CHANGES} and they were found
     */
    public Optional<Changes> changes() {
        return changes;
    }

    /**
     * Returns how many changes were left out.
     *
     * @return how many there were beside {@link #changes()}
     */
    public int omittedChanges() {
        return omittedChanges;
    }
}
