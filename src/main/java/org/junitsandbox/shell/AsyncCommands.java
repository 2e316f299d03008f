package org.junitsandbox.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs commands in the background, in the order given, on one thread that exists only while it has something to do. */
final class AsyncCommands {

    /** How long the thread outlives its last command. */
    private static final int KEEP_ALIVE_SECONDS = 1;

    private final ExecutorService executor = executor();

    <T> CompletableFuture<T> run(Supplier<T> command) {
        CompletableFuture<T> end = new CompletableFuture<>();
        executor.execute(() -> {
            Runnable completion;
            try {
                T result = command.get();
                completion = () -> end.complete(result);
            } catch (Throwable e) {
                completion = () -> end.completeExceptionally(e);
            }
            // What is chained to the future runs on a thread of its own: it may wait for the next command.
            newThread(completion).start();
        });
        return end;
    }

    /** Accepts no more commands; those that were accepted run. */
    void close() {
        executor.shutdown();
    }

    private static ExecutorService executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AsyncCommands::newThread);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "sandbox-async-commands");
        thread.setDaemon(true);
        return thread;
    }
}
