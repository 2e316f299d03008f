package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Function;

/** Measures how much this JVM's heap grows: at its peak, and after garbage collection. */
final class HeapGrowth {

    /** Includes garbage that is not collected yet. */
    private static final long PEAK_LIMIT_BYTES = 256L << 20;

    private static final long RETAINED_LIMIT_BYTES = 32L << 20;

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
        assertThat(peak - start).as("peak growth of the heap in bytes").isLessThan(PEAK_LIMIT_BYTES);
        assertThat(end - start)
                .as("growth of the heap after garbage collection in bytes")
                .isLessThan(RETAINED_LIMIT_BYTES);
    }
}
