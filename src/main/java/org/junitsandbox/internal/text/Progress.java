package org.junitsandbox.internal.text;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Shows that something still goes on, until it is closed: on a terminal in one line that is overwritten twice a second,
 * elsewhere in the log every ten seconds. What takes less shows nothing.
 */
public final class Progress implements AutoCloseable {

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private static final Duration LINE_INTERVAL = Duration.ofMillis(500);

    /** Shows what goes on, and how far it has come. */
    interface Sink {
        void show(String what, String reached);
    }

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final String what;
    private final Supplier<String> state;
    private final Sink sink;
    private final Runnable end;
    private final long start = System.nanoTime();
    private final Future<?> shows;
    private boolean closed;

    /**
     * Begins.
     *
     * @param what what goes on: "Pulling image busybox"
     * @param state how far it has come; empty if that is not known
     */
    public static Progress of(Logger log, String what, Supplier<String> state) {
        if (Terminal.isStderr()) {
            return on(ProgressLine.OF_STDERR, what, state, LINE_INTERVAL);
        }
        Sink sink = (text, reached) -> Notices.info(log, text + reached);
        return new Progress(what, state, sink, () -> {}, LOG_INTERVAL);
    }

    static Progress on(ProgressLine line, String what, Supplier<String> state, Duration interval) {
        Object key = new Object();
        Sink sink = (text, reached) -> line.show(key, text, reached);
        return new Progress(what, state, sink, () -> line.end(key), interval);
    }

    Progress(String what, Supplier<String> state, Sink sink, Runnable end, Duration interval) {
        this.what = what;
        this.state = state;
        this.sink = sink;
        this.end = end;
        this.shows = TIMER.scheduleAtFixedRate(
                this::show, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sandbox-progress");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        String reached = state.get();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        sink.show(what, " for " + seconds + " s" + (reached.isEmpty() ? "" : ": " + Excerpt.line(reached)));
    }

    @Override
    public synchronized void close() {
        closed = true;
        shows.cancel(false);
        end.run();
    }
}
