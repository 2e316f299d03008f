package org.junitsandbox.internal.engine.kubernetes;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the connections of sandboxes that wait to be used alive, all of them by one thread. */
final class KeepAlive {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

    /** Load balancers cut connections on which nothing comes, some of them after 20 s. */
    private static final long INTERVAL_SECONDS = 10;

    private static final Set<PodAttachment> OPEN = ConcurrentHashMap.newKeySet();

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "sandbox-keep-alive");
        thread.setDaemon(true);
        return thread;
    });

    private static boolean started;

    private KeepAlive() {}

    static void add(PodAttachment attachment) {
        start();
        OPEN.add(attachment);
    }

    static void remove(PodAttachment attachment) {
        OPEN.remove(attachment);
    }

    private static synchronized void start() {
        if (!started) {
            started = true;
            ScheduledFuture<?> unused = TIMER.scheduleWithFixedDelay(
                    KeepAlive::pingAll, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void pingAll() {
        for (PodAttachment attachment : OPEN) {
            try {
                attachment.keepAlive();
            } catch (IOException | RuntimeException e) {
                LOG.debug("A connection to a pod broke while it was not in use", e);
                remove(attachment);
            }
        }
    }
}
