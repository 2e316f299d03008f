package org.junitsandbox.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * Looks at the heap in use every few milliseconds. The pools' own peaks would not do: they are not all reached at one
 * time.
 */
final class HeapPeak {

    private static final int INTERVAL_MILLIS = 2;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Thread sampler = new Thread(this::sample, "heap-peak");
    private volatile long bytes;

    HeapPeak() {
        sampler.setDaemon(true);
        sampler.start();
    }

    /** The most that was in use so far, garbage included. */
    long bytes() {
        return bytes;
    }

    private void sample() {
        try {
            while (true) {
                bytes = Math.max(bytes, memory.getHeapMemoryUsage().getUsed());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() throws InterruptedException {
        sampler.interrupt();
        sampler.join();
    }
}
