package org.junitsandbox.internal.pool;

import java.util.Arrays;
import java.util.Map;
import org.junitsandbox.internal.pool.KeyedState.Phase;

/**
 * How many containers a pool has.
 *
 * @param starting those that are started, or are to be
 * @param ready those that wait to be taken
 * @param inUse those that are used
 * @param ending those that are being cleaned or removed
 */
public record ContainerCounts(int starting, int ready, int inUse, int ending) {

    static ContainerCounts of(Map<Phase, Long> counts) {
        return new ContainerCounts(
                sum(counts, Phase.START_PUT_OFF, Phase.STARTING),
                sum(counts, Phase.SPARE),
                sum(counts, Phase.IN_USE),
                sum(counts, Phase.RECYCLING, Phase.REMOVAL_PUT_OFF, Phase.REMOVING));
    }

    private static int sum(Map<Phase, Long> counts, Phase... phases) {
        return Math.toIntExact(Arrays.stream(phases)
                .mapToLong(phase -> counts.getOrDefault(phase, 0L))
                .sum());
    }

    /** For a message such as "The pool has 1 container in use, 2 ready, 0 starting, 0 ending". */
    @Override
    public String toString() {
        return inUse + " in use, " + ready + " ready, " + starting + " starting, " + ending + " ending";
    }
}
