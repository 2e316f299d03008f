package org.junitsandbox.shell.attacks;

import static com.sun.management.GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Measures how much this JVM's heap grows: at its peak, and in the end. Only what a garbage collection leaves counts:
 * how much garbage gathers before it depends on the collector and the machine.
 */
final class HeapGrowth implements AutoCloseable {

    static final long PEAK_LIMIT_BYTES = 256L << 20;

    private static final long RETAINED_LIMIT_BYTES = 32L << 20;

    private static final long NOTIFICATION_LIMIT_SECONDS = 30;

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(toSet());

    private static final List<NotificationEmitter> COLLECTORS =
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(NotificationEmitter.class::cast)
                    .toList();

    private final BlockingQueue<Notification> collections = new LinkedBlockingQueue<>();
    private final NotificationListener listener = (collection, unused) -> collections.add(collection);
    private final long start;
    private long peak;

    HeapGrowth() throws InterruptedException {
        COLLECTORS.forEach(collector -> collector.addNotificationListener(
                listener, event -> GARBAGE_COLLECTION_NOTIFICATION.equals(event.getType()), null));
        start = collect();
        peak = start;
    }

    /** Collects garbage, and takes note of all collections since the last call; returns the bytes in use after it. */
    private long collect() throws InterruptedException {
        long request = System.currentTimeMillis();
        System.gc();
        long end = MEMORY.getHeapMemoryUsage().getUsed();
        while (true) {
            Notification event = collections.poll(NOTIFICATION_LIMIT_SECONDS, SECONDS);
            assertThat(event).as("notification of a garbage collection").isNotNull();
            var collection = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData());
            long left = collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                    .filter(pool -> HEAP.contains(pool.getKey()))
                    .map(Map.Entry::getValue)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
            peak = Math.max(peak, left);
            // Some collectors make several of one request: those of an earlier one may come first.
            boolean isRequested = collection.getGcCause().equals("System.gc()");
            if (isRequested && event.getTimeStamp() >= request) {
                return end;
            }
        }
    }

    void assertBounded() throws InterruptedException {
        long end = collect();
        assertThat(peak - start).as("peak growth of the heap in bytes").isLessThan(PEAK_LIMIT_BYTES);
        assertThat(end - start).as("growth of the heap in bytes").isLessThan(RETAINED_LIMIT_BYTES);
    }

    @Override
    public void close() throws ListenerNotFoundException {
        for (NotificationEmitter collector : COLLECTORS) {
            collector.removeNotificationListener(listener);
        }
    }
}
