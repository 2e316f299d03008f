package org.junitsandbox.shell;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.MaskedStream;
import org.junitsandbox.internal.text.SecretMask;

/**
 * Passes the output of one command to the listeners of its shell while it comes. What a listener throws ends the calls
 * of all, and is thrown after the command's end.
 */
final class LiveOutput {

    private final Supplier<List<Consumer<TranscriptOutput>>> listeners;
    private final Supplier<SecretMask> mask;
    private final LongSupplier micros;
    private final Map<StandardStream, MaskedStream> streams = new EnumMap<>(StandardStream.class);
    private boolean missed;
    private @Nullable Throwable failure;

    /**
     * @param listeners returns those there are at that moment
     * @param micros returns the time from the sandbox's opening on
     */
    LiveOutput(
            Supplier<List<Consumer<TranscriptOutput>>> listeners, Supplier<SecretMask> mask, LongSupplier micros) {
        this.listeners = listeners;
        this.mask = mask;
        this.micros = micros;
    }

    void add(StandardStream stream, byte[] bytes, int offset, int length) {
        List<Consumer<TranscriptOutput>> now = listeners.get();
        if (failure != null || (now.isEmpty() && streams.isEmpty())) {
            missed = true;
            return;
        }
        String text = streams.computeIfAbsent(stream, first -> new MaskedStream(mask, missed))
                .read(bytes, offset, length);
        pass(now, stream, text);
    }

    private void pass(List<Consumer<TranscriptOutput>> to, StandardStream stream, String text) {
        if (text.isEmpty()) {
            return;
        }
        TranscriptOutput part =
                new TranscriptOutput(Duration.ofNanos(micros.getAsLong() * 1000), stream, text);
        try {
            to.forEach(listener -> listener.accept(part));
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Passes what was kept back, after the command's end. */
    private void finish() {
        if (failure == null) {
            streams.forEach((stream, reader) -> pass(listeners.get(), stream, reader.end()));
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Runs the command and passes all that it writes. */
    CommandResult during(Supplier<CommandResult> run) {
        CommandResult result;
        try {
            result = run.get();
        } catch (RuntimeException | Error e) {
            try {
                finish();
            } catch (RuntimeException | Error ofListener) {
                e.addSuppressed(ofListener);
            }
            throw e;
        }
        finish();
        return result;
    }
}
