package org.junitsandbox.internal.text;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** Shows every ten seconds that something still goes on, until it is closed. What takes less shows nothing. */
public final class Progress implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final String what;
    private final Supplier<String> state;
    private final Consumer<String> sink;
    private final long start = System.nanoTime();
    private final Future<?> shows;

    /**
     * Begins.
     *
     * @param what what goes on: "Pulling image busybox"
     * @param state how far it has come; empty if that is not known
     */
    public static Progress of(Logger log, String what, Supplier<String> state) {
        return new Progress(what, state, text -> Notices.info(log, text), INTERVAL);
    }

    Progress(String what, Supplier<String> state, Consumer<String> sink, Duration interval) {
        this.what = what;
        this.state = state;
        this.sink = sink;
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

    private void show() {
        String reached = state.get();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        sink.accept(what + " for " + seconds + " s" + (reached.isEmpty() ? "" : ": " + Excerpt.line(reached)));
    }

    @Override
    public void close() {
        shows.cancel(false);
    }
}
