package org.junitsandbox.internal.pool;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.KeyedState.Slot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, cleans and removes containers in the background, each in a thread of its own. There are no threads while
 * there is nothing to do. Safe for use by several threads; no method is to be called under the pool's lock.
 */
final class ContainerWorker {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerWorker.class);

    private static final int KEEP_ALIVE_SECONDS = 1;

    private final ContainerEngine engine;
    private final String home;
    private final Listener listener;
    private final ExecutorService background = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            ContainerWorker::thread);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, ContainerWorker::thread);

    /** The next call of {@link Listener#timePassed}, by {@link System#nanoTime}; null if there is none to come. */
    private @Nullable Long nextCall;

    /** Is notified of what has been done, by threads of the background. */
    interface Listener {

        void started(Slot slot, ReadyContainer container);

        void startFailed(Slot slot, Throwable failure);

        void recycled(Slot slot, ReadyContainer container);

        void notRecycled(Slot slot);

        void removed(Slot slot);

        void timePassed();
    }

    /**
     * @param home the directory in which shells start
     */
    ContainerWorker(ContainerEngine engine, String home, Listener listener) {
        this.engine = engine;
        this.home = home;
        this.listener = listener;
        timer.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sandbox-pool");
        thread.setDaemon(true);
        return thread;
    }

    void start(Slot slot) {
        try {
            background.execute(() -> startNow(slot));
        } catch (RuntimeException | Error e) {
            // There is no thread for it.
            listener.startFailed(slot, e);
        }
    }

    private void startNow(Slot slot) {
        ReadyContainer container;
        try {
            container = ReadyContainer.start(engine, slot.config(), home);
        } catch (EngineException | RuntimeException | Error e) {
            listener.startFailed(slot, e);
            return;
        }
        listener.started(slot, container);
    }

    void recycle(Slot slot) {
        try {
            background.execute(() -> recycleNow(slot));
        } catch (RuntimeException | Error e) {
            // There is no thread for it.
            listener.notRecycled(slot);
        }
    }

    private void recycleNow(Slot slot) {
        Optional<ReadyContainer> clean = Optional.empty();
        try {
            clean = slot.container().recycle();
        } finally {
            clean.ifPresentOrElse(
                    container -> listener.recycled(slot, container), () -> listener.notRecycled(slot));
        }
    }

    void remove(Slot slot) {
        try {
            background.execute(() -> removeNow(slot));
        } catch (RuntimeException | Error e) {
            // There is no thread for it.
            removeNow(slot);
        }
    }

    private void removeNow(Slot slot) {
        try {
            slot.container().container().close();
        } finally {
            listener.removed(slot);
        }
    }

    /**
     * Has the listener called at a time, or before.
     *
     * @param time by {@link System#nanoTime}
     */
    synchronized void callAt(long time) {
        if (!timer.isShutdown() && (nextCall == null || time - nextCall < 0)) {
            nextCall = time;
            Future<?> unused =
                    timer.schedule(() -> call(time), time - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void call(long time) {
        synchronized (this) {
            if (nextCall == null || nextCall != time) {
                return;
            }
            nextCall = null;
        }
        try {
            listener.timePassed();
        } catch (RuntimeException | Error e) {
            // The timer would keep it in the future, where nobody looks.
            LOG.error("What the pool of sandboxes had put off could not be done", e);
        }
    }

    /** Ends the threads when they have nothing to do any more, and waits for that. */
    void endThreads() throws InterruptedException {
        synchronized (this) {
            timer.shutdown();
        }
        background.shutdown();
        background.awaitTermination(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        timer.awaitTermination(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }
}
