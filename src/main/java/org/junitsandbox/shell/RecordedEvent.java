package org.junitsandbox.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.SecretMask;
import org.junitsandbox.internal.text.Units;

/** An event as it is kept in memory. All but the output's times is guarded by its recorder. */
final class RecordedEvent {

    /** What an event takes beside its texts, in bytes; about. */
    private static final int BASE_SIZE = 256;

    private final TranscriptEvent.Kind kind;
    private final KeptText text;
    private final List<String> details;
    private final long beginMicros;
    private final ChunkTimes times = new ChunkTimes();
    private long endMicros = -1;
    private String result = "";
    private @Nullable String directory;
    private boolean successful;
    private KeptOutput stdout = KeptOutput.NOTHING;
    private KeptOutput stderr = KeptOutput.NOTHING;
    private EventFindings findings = EventFindings.NONE;
    private long countedSize;
    private boolean dropped;

    RecordedEvent(TranscriptEvent.Kind kind, String text, List<String> details, long beginMicros) {
        this.kind = kind;
        this.text = KeptText.of(text);
        this.details = details;
        this.beginMicros = beginMicros;
    }

    /** For the thread that runs the command, before the end. */
    void output(StandardStream stream, long atMicros, int length) {
        times.add(stream, atMicros, length);
    }

    void keep(KeptOutput ofStdout, KeptOutput ofStderr) {
        stdout = ofStdout;
        stderr = ofStderr;
    }

    void ranIn(String path) {
        directory = path;
    }

    void found(EventFindings found) {
        findings = found;
    }

    void end(boolean success, String how, long atMicros) {
        successful = success;
        result = how;
        endMicros = atMicros;
    }

    /** Returns how much more memory it takes than at the last call, in bytes; 0 if it was dropped. */
    long growth() {
        long before = countedSize;
        countedSize = dropped ? before : size();
        return countedSize - before;
    }

    /** Returns how much memory is free when it is dropped, in bytes. */
    long drop() {
        dropped = true;
        return countedSize;
    }

    private long size() {
        long size = BASE_SIZE + text.size() + result.length() + stdout.size() + stderr.size() + times.size()
                + findings.size();
        for (String detail : details) {
            size += detail.length();
        }
        return size;
    }

    TranscriptEvent toEvent(SecretMask mask) {
        boolean ended = endMicros >= 0;
        return new TranscriptEvent(
                kind,
                maskedText(mask),
                details.stream().map(mask::apply).toList(),
                Optional.ofNullable(directory).map(mask::apply),
                duration(beginMicros),
                ended ? Optional.of(new TranscriptEvent.End(
                                successful, mask.applyToMessage(result), duration(endMicros - beginMicros)))
                        : Optional.empty(),
                ended ? output(mask) : List.of(),
                stdout.omittedBytes() + stderr.omittedBytes(),
                findings.usage(mask, kind == TranscriptEvent.Kind.COMMAND),
                findings.changes(mask),
                findings.omittedChanges());
    }

    /** Of long paths, and of messages in notes, parts were left out before. */
    private String maskedText(SecretMask mask) {
        return switch (kind) {
            case COPY_IN, COPY_OUT, NOTE -> text.maskedMessage(mask);
            default -> text.masked(mask);
        };
    }

    private List<TranscriptOutput> output(SecretMask mask) {
        KeptOutput.Reader ofStdout = stdout.reader(mask);
        KeptOutput.Reader ofStderr = stderr.reader(mask);
        long readOfStdout = 0;
        long readOfStderr = 0;
        List<TranscriptOutput> output = new ArrayList<>();
        for (int i = 0; i < times.count(); i++) {
            if (times.stream(i) == StandardStream.STDOUT) {
                readOfStdout += times.length(i);
                add(output, times.atMicros(i), StandardStream.STDOUT, ofStdout.read(readOfStdout));
            } else {
                readOfStderr += times.length(i);
                add(output, times.atMicros(i), StandardStream.STDERR, ofStderr.read(readOfStderr));
            }
        }
        // What an exception has, but nobody saw coming.
        add(output, endMicros, StandardStream.STDOUT, ofStdout.read(stdout.totalBytes()));
        add(output, endMicros, StandardStream.STDERR, ofStderr.read(stderr.totalBytes()));
        return List.copyOf(output);
    }

    private static void add(List<TranscriptOutput> output, long atMicros, StandardStream stream, String text) {
        if (!text.isEmpty()) {
            output.add(new TranscriptOutput(duration(atMicros), stream, text));
        }
    }

    private static Duration duration(long micros) {
        return Duration.ofNanos(micros * 1000);
    }

    /** What is special about a command, as it was given. */
    static List<String> details(Command command) {
        List<String> details = new ArrayList<>();
        command.environment().forEach((name, value) -> details.add("environment " + name + "=" + value));
        Stdin stdin = command.stdin();
        if (stdin != null) {
            details.add("stdin " + stdin.describe());
        }
        if (command.hasTimeLimit()) {
            details.add("time limit " + Units.describe(command.timeLimitOr(Duration.ZERO)));
        }
        return details;
    }
}
