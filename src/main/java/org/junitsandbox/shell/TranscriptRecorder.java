package org.junitsandbox.shell;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.SecretMask;
import org.junitsandbox.spec.ResourceLimits;

/** Records what happens in a sandbox, in bounded memory. Safe for use by several threads. */
final class TranscriptRecorder {

    private static final long MAX_BYTES = 4 << 20;

    private final Instant openedAt = Instant.now();
    private final long openedNanos = System.nanoTime();
    private final List<Registration<Consumer<TranscriptEvent>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Registration<Runnable>> maskListeners = new CopyOnWriteArrayList<>();
    private final List<Registration<Consumer<TranscriptOutput>>> outputListeners = new CopyOnWriteArrayList<>();
    private final Set<String> secrets = new HashSet<>();

    private final Deque<RecordedEvent> events = new ArrayDeque<>();
    private long bytes;
    private long omitted;
    private SecretMask mask = SecretMask.NONE;

    /** That of the last command. */
    private @Nullable UsageWindow lastUsage;

    /** Records a command that is run meanwhile. */
    CommandResult record(Command command, Function<StreamSink, CommandResult> run) {
        command.secrets().forEach(this::mask);
        RecordedEvent event =
                begin(TranscriptEvent.Kind.COMMAND, command.text(), RecordedEvent.details(command));
        OutputEnds stdout = new OutputEnds();
        OutputEnds stderr = new OutputEnds();
        LiveOutput live = new LiveOutput(this::outputListeners, this::mask, this::micros);
        StreamSink sink = (ofStream, chunk, offset, length) -> {
            StandardStream stream = StandardStream.valueOf(ofStream.name());
            event.output(stream, micros(), length);
            (stream == StandardStream.STDOUT ? stdout : stderr).add(chunk, offset, length);
            live.add(stream, chunk, offset, length);
        };
        Consumer<CommandResult> ended = result -> {
            keep(event, result::output);
            event.ranIn(result.directory());
            findUsage(event, result.usageWindow());
            event.end(result.succeeded(), result.outcome().toString(), micros());
        };
        Supplier<CommandResult> action = () -> live.during(() -> run.apply(sink));
        return during(event, action, ended, () -> event.keep(stdout.kept(), stderr.kept()));
    }

    /** Records what else is done meanwhile. */
    <T> T record(TranscriptEvent.Kind kind, String text, Supplier<T> action) {
        RecordedEvent event = begin(kind, text, List.of());
        return during(event, action, result -> event.end(true, "", micros()), () -> {});
    }

    /** Keeps what is or will be known of a command; commands without a reading between them have that together. */
    private void findUsage(RecordedEvent event, @Nullable UsageWindow window) {
        if (window != null) {
            event.found(EventFindings.of(window, window == lastUsage));
            lastUsage = window;
        }
    }

    /** Records what all commands have used. */
    void recordUsage(Supplier<Usage> reading) {
        recordFindings(TranscriptEvent.Kind.USAGE, () -> {
            UsageWindow window = new UsageWindow();
            window.end(reading.get());
            return EventFindings.of(window, false);
        });
    }

    /** Records which files have changed. */
    void recordChanges(Supplier<Changes> search) {
        recordFindings(TranscriptEvent.Kind.CHANGES, () -> EventFindings.of(new KeptChanges(search.get())));
    }

    private void recordFindings(TranscriptEvent.Kind kind, Supplier<EventFindings> action) {
        RecordedEvent event = begin(kind, "", List.of());
        EventFindings unused = during(
                event,
                action,
                found -> {
                    event.found(found);
                    event.end(true, "", micros());
                },
                () -> {});
    }

    void note(String text) {
        RecordedEvent event = new RecordedEvent(TranscriptEvent.Kind.NOTE, text, List.of(), micros());
        event.end(true, "", micros());
        add(event);
    }

    private static void keep(RecordedEvent event, Function<StandardStream, Output> output) {
        event.keep(
                new KeptOutput(output.apply(StandardStream.STDOUT)),
                new KeptOutput(output.apply(StandardStream.STDERR)));
    }

    /**
     * @param keepOutput keeps the output of an event that has no result
     */
    private <T> T during(RecordedEvent event, Supplier<T> action, Consumer<T> end, Runnable keepOutput) {
        T result;
        try {
            result = action.get();
        } catch (RuntimeException | Error e) {
            end(event, () -> {
                if (e instanceof SandboxLostException lost) {
                    keep(event, lost::output);
                } else {
                    keepOutput.run();
                }
                event.end(false, String.valueOf(e.getMessage()), micros());
            });
            throw e;
        }
        end(event, () -> end.accept(result));
        return result;
    }

    private RecordedEvent begin(TranscriptEvent.Kind kind, String text, List<String> details) {
        RecordedEvent event = new RecordedEvent(kind, text, details, micros());
        add(event);
        return event;
    }

    private void add(RecordedEvent event) {
        synchronized (this) {
            events.add(event);
            count(event);
        }
        notifyListeners(event);
    }

    private void end(RecordedEvent event, Runnable change) {
        synchronized (this) {
            change.run();
            count(event);
        }
        notifyListeners(event);
    }

    private synchronized void count(RecordedEvent event) {
        bytes += event.growth();
        while (bytes > MAX_BYTES && events.size() > 1) {
            bytes -= events.remove().drop();
            omitted++;
        }
    }

    private void notifyListeners(RecordedEvent event) {
        if (!listeners.isEmpty()) {
            TranscriptEvent shown;
            synchronized (this) {
                shown = event.toEvent(mask);
            }
            listeners.forEach(each -> each.listener.accept(shown));
        }
    }

    /** Passes each event to a listener when it begins and when it has ended. */
    Subscription listen(Consumer<TranscriptEvent> listener) {
        return register(listener, listeners);
    }

    /** Passes output of commands to a listener while it comes. */
    Subscription listenToOutput(Consumer<TranscriptOutput> listener) {
        return register(listener, outputListeners);
    }

    private List<Consumer<TranscriptOutput>> outputListeners() {
        return outputListeners.isEmpty()
                ? List.of()
                : outputListeners.stream().map(each -> each.listener).toList();
    }

    private synchronized SecretMask mask() {
        return mask;
    }

    /** Calls a listener whenever there is a new secret. */
    Subscription listenToMasks(Runnable listener) {
        return register(listener, maskListeners);
    }

    private static <T> Subscription register(T listener, List<Registration<T>> all) {
        Registration<T> registration = new Registration<>(listener);
        all.add(registration);
        return () -> all.remove(registration);
    }

    /** One of several of a listener is another than the next. */
    private static final class Registration<T> {

        private final T listener;

        Registration(T listener) {
            this.listener = listener;
        }
    }

    void mask(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("A secret is empty");
        }
        if (hide(secret)) {
            maskListeners.forEach(each -> each.listener.run());
        }
    }

    /** Returns whether the secret is a new one. */
    private synchronized boolean hide(String secret) {
        boolean isNew = secrets.add(secret);
        if (isNew) {
            mask = mask.with(secret);
        }
        return isNew;
    }

    /** Returns texts with the secrets masked, of which parts may have been left out, as of messages. */
    synchronized List<String> masked(List<String> texts) {
        return texts.stream().map(mask::applyToMessage).toList();
    }

    synchronized Transcript transcript(List<String> description, ResourceLimits limits) {
        return new Transcript(
                openedAt,
                masked(description),
                limits,
                events.stream().map(event -> event.toEvent(mask)).toList(),
                omitted);
    }

    private long micros() {
        return (System.nanoTime() - openedNanos) / 1000;
    }
}
