package org.junitsandbox.internal.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a pool: as many as there is to do, none while there is nothing. The number of containers bounds
 * theirs.
 */
final class PoolThreads {

    static final int KEEP_ALIVE_SECONDS = 1;

    private PoolThreads() {}

    static ExecutorService executor() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "sandbox-pool");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
