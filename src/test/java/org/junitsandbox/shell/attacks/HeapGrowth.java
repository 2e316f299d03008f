package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Function;

/** How much this JVM's heap grows, at its peak and for good. */
final class HeapGrowth {

    /** With what is not collected yet. */
    private static final long PEAK_LIMIT_BYTES = 256L << 20;

    private static final long LASTING_LIMIT_BYTES = 32L << 20;

    private static final List<MemoryPoolMXBean> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private final long start;

    HeapGrowth() {
        System.gc();
        POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
        start = used(MemoryPoolMXBean::getUsage);
    }

    private static long used(Function<MemoryPoolMXBean, MemoryUsage> usage) {
        return POOLS.stream().mapToLong(pool -> usage.apply(pool).getUsed()).sum();
    }

    void assertBounded() {
        long peak = used(MemoryPoolMXBean::getPeakUsage);
        System.gc();
        long end = used(MemoryPoolMXBean::getUsage);
        assertThat(peak - start).as("growth of the heap at its peak, in bytes").isLessThan(PEAK_LIMIT_BYTES);
        assertThat(end - start).as("growth of the heap for good, in bytes").isLessThan(LASTING_LIMIT_BYTES);
    }
}
