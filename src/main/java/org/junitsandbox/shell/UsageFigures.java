package org.junitsandbox.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.audit.Counter;
import org.junitsandbox.internal.audit.Counters;
import org.junitsandbox.internal.audit.EffectiveLimits;
import org.junitsandbox.internal.text.Excerpt;

/** What two readings of the kernel's counters show of one sandbox, and what they cannot show. */
final class UsageFigures {

    /**
     * Begins the reason of a figure that only the time before bounds.
     */
    private static final String REACHED_BEFORE =
            "the container's processes and files had used that much before, and not more since";

    private final EffectiveLimits limits;
    private final boolean networkShared;
    private final @Nullable String network;

    /**
     * @param limits what the kernel reports of them in the sandbox
     * @param network the sandbox's network; null for the engine's default
     */
    UsageFigures(EffectiveLimits limits, @Nullable String network) {
        this.limits = limits;
        this.network = network;
        this.networkShared = network != null && (network.equals("host") || network.startsWith("container:"));
    }

    Map<Counter, Figure<Long>> between(Counters since, Counters now) {
        Map<Counter, Figure<Long>> figures = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            figures.put(counter, figure(counter, since, now));
        }
        return figures;
    }

    private Figure<Long> figure(Counter counter, Counters since, Counters now) {
        if (!limits.isOfLinux()) {
            return Figure.unknown("the sandbox's runtime has a kernel of its own, whose counters are not Linux's");
        }
        if (networkShared && counter.isOfNetwork()) {
            return Figure.unknown("the sandbox shares the network " + Excerpt.line(String.valueOf(network))
                    + ", whose counters are not its own");
        }
        if (counter == Counter.FORKS_REFUSED && !limits.isGroupFirstToRefuseForks()) {
            return Figure.unknown("the limit of processes of the sandbox's user comes first, and the kernel does not"
                    + " count what that refuses");
        }
        if (counter == Counter.PEAK_MEMORY) {
            Optional<Counters.Peak> peak = now.peakMemory(since);
            if (peak.isPresent()) {
                long bytes = peak.get().bytes();
                return peak.get().exact() ? Figure.exactly(bytes) : Figure.atMost(bytes, REACHED_BEFORE);
            }
        } else {
            OptionalLong increase = now.increase(counter, since);
            if (increase.isPresent()) {
                return Figure.exactly(increase.getAsLong());
            }
        }
        return Figure.unknown(
                since.isDisturbed() || now.isDisturbed()
                        ? "signals of the sandbox's processes disturbed each attempt to read the counters"
                        : counter.whereMissing());
    }
}
