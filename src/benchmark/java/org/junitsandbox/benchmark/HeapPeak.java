package org.junitsandbox.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * Samples the heap in use every few milliseconds. The sum of the memory pools' own peaks would be too high, as the
 * pools reach them at different times.
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

    /** Returns the peak so far in bytes, garbage included. */
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
