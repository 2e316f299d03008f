package org.junitsandbox.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs commands in the background, in the order given, on one thread that exists only while it has something to do. */
final class AsyncCommands {

    /** How long the thread outlives its last command. */
    private static final int KEEP_ALIVE_SECONDS = 1;

    private final SessionTurns turns;
    private final ThreadFactory threads;
    private final ExecutorService executor;

    AsyncCommands(SessionTurns turns) {
        this(turns, AsyncCommands::newThread);
    }

    AsyncCommands(SessionTurns turns, ThreadFactory threads) {
        this.turns = turns;
        this.threads = threads;
        this.executor = executor(threads);
    }

    /**
     * Runs a command when the turn has come that it gets now.
     *
     * @throws IllegalStateException if the shell is closed, or if the caller is in the middle of another call on it
     */
    synchronized <T> CompletableFuture<T> run(Activity activity, Function<Session, T> use) {
        turns.checkOpen(activity);
        turns.checkNotReentered(activity);
        Task<T> task = new Task<>(turns, threads, activity, use);
        try {
            task.start(executor);
        } catch (RuntimeException | Error e) {
            turns.end(task.turn);
            throw e;
        }
        return task.result;
    }

    /** Accepts no more commands; those that were accepted run. The shell is closed by now. */
    synchronized void close() {
        executor.shutdown();
    }

    /** A command, which ends when its result is cancelled. */
    private static final class Task<T> implements Runnable {

        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final SessionTurns turns;
        private final ThreadFactory threads;
        private final TurnQueue.Turn turn;
        private final Activity activity;
        private final Function<Session, T> use;

        /** The thread that runs it at present. Guarded by this. */
        private @Nullable Thread thread;

        Task(SessionTurns turns, ThreadFactory threads, Activity activity, Function<Session, T> use) {
            this.turns = turns;
            this.threads = threads;
            this.turn = turns.ask();
            this.activity = activity;
            this.use = use;
        }

        void start(Executor executor) {
            executor.execute(this);
            CompletableFuture<T> unused = result.whenComplete((value, failure) -> interrupt());
        }

        @Override
        public void run() {
            if (!begin()) {
                turns.end(turn);
                return;
            }
            try {
                T value = turns.take(turn, activity, use);
                end(() -> result.complete(value));
            } catch (Throwable e) {
                end(() -> result.completeExceptionally(e));
            }
        }

        private synchronized boolean begin() {
            thread = Thread.currentThread();
            return !result.isDone();
        }

        /** From now on, it is not interrupted; if it was, the next command is not to find that. */
        private void end(Runnable completion) {
            synchronized (this) {
                thread = null;
                Thread.interrupted();
            }
            // What is chained to the future runs on a thread of its own: it may wait for the next command.
            try {
                threads.newThread(completion).start();
            } catch (OutOfMemoryError e) {
                // There is no room for one more thread. A future that never completes would be worse.
                completion.run();
            }
        }

        private synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private static ExecutorService executor(ThreadFactory threads) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "sandbox-async-commands");
        thread.setDaemon(true);
        return thread;
    }
}
