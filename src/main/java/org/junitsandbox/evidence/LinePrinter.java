package org.junitsandbox.evidence;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Printable;

/**
 * Prints lines on a thread of its own, so that nobody waits for a slow console. Where more comes than it takes, the
 * oldest lines are left out, and a line counts them. Each line is escaped and written at once. All printers share the
 * thread, so that their lines do not mix. Safe for use by several threads.
 */
final class LinePrinter {

    static final int MAX_QUEUED_CHARS = 1 << 20;

    private static final int LINES_AT_ONCE = 64;

    private static final ThreadPoolExecutor THREAD = thread();

    /** Put together when it is printed, if it is. */
    private record Line(String prefix, String text) {
        int length() {
            return prefix.length() + text.length();
        }
    }

    private final PrintStream target;
    private final Deque<Line> queue = new ArrayDeque<>();
    private long queuedChars;
    private long omitted;
    private String omissionPrefix = "";
    private boolean printing;

    LinePrinter(PrintStream target) {
        this.target = target;
    }

    private static ThreadPoolExecutor thread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sandbox-console");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Adds a line.
     *
     * @param prefix what it begins with
     */
    synchronized void add(String prefix, String text) {
        Line line = new Line(prefix, text);
        queue.add(line);
        queuedChars += line.length();
        while (queuedChars > MAX_QUEUED_CHARS) {
            queuedChars -= queue.remove().length();
            omitted++;
            omissionPrefix = prefix;
        }
        if (!printing) {
            printing = true;
            THREAD.execute(this::print);
        }
    }

    private void print() {
        try {
            target.print(next());
            target.flush();
        } finally {
            // Also after what a stream of the caller's own throws: the next lines get their chance.
            synchronized (this) {
                printing = !queue.isEmpty();
                if (printing) {
                    THREAD.execute(this::print);
                } else {
                    notifyAll();
                }
            }
        }
    }

    private String next() {
        Deque<Line> taken = new ArrayDeque<>();
        synchronized (this) {
            if (omitted > 0) {
                taken.add(new Line(
                        omissionPrefix,
                        "(" + Excerpt.count(omitted, "line") + " left out, as more came than could be printed)"));
                omitted = 0;
            }
            while (!queue.isEmpty() && taken.size() < LINES_AT_ONCE) {
                taken.add(queue.remove());
                queuedChars -= taken.getLast().length();
            }
        }
        StringBuilder lines = new StringBuilder();
        taken.forEach(line -> lines.append(Printable.of(line.prefix() + line.text()))
                .append(System.lineSeparator()));
        return lines.toString();
    }

    /** Waits until all is printed, but no longer than that. */
    synchronized void await(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            long left = millis;
            while (printing && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
