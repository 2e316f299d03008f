package org.junitsandbox.verdicts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.NetworkUsage;

/** Rules on what a command costs. A figure that is not known violates each of them. */
final class UsageRules {

    private UsageRules() {}

    static Rule memory(long bytes) {
        return (input, result, shell) ->
                atMost("memory", result.usage().peakMemory(), bytes, Cost::size);
    }

    static Rule cpu(Duration limit) {
        return (input, result, shell) -> atMost("CPU time", result.usage().cpuTime(), limit, Units::round);
    }

    static Rule time(Duration limit) {
        return (input, result, shell) -> result.duration().compareTo(limit) <= 0
                ? List.of()
                : List.of("took " + Units.round(result.duration()) + ", the limit is " + Units.describe(limit));
    }

    static Rule output(long bytes) {
        return (input, result, shell) -> {
            long printed = Cost.outputBytes(result);
            return printed <= bytes
                    ? List.of()
                    : List.of("printed " + Cost.size(printed) + ", the limit is " + Units.describe(bytes));
        };
    }

    static Rule noNetwork() {
        return (input, result, shell) -> attempts(result.usage().network());
    }

    private static List<String> attempts(NetworkUsage network) {
        List<String> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        count(network.withoutRouteIpv4(), "attempt", " to reach an IPv4 address", found, unknown);
        if (!network.isIpv6Off()) {
            count(network.withoutRouteIpv6(), "attempt", " to reach an IPv6 address", found, unknown);
        }
        count(network.datagramsNobodyTook(), "datagram", " to a port where nothing listens", found, unknown);
        count(network.sentPackets(), "packet", " sent to a network", found, unknown);
        if (found.isEmpty() && !unknown.isEmpty()) {
            return List.of("attempts to reach a network are not known: " + unknown.get(0));
        }
        return found;
    }

    private static void count(
            Figure<Long> figure, String unit, String what, List<String> found, List<String> unknown) {
        long count = figure.upperBound().orElse(0L);
        if (count > 0) {
            found.add(Excerpt.count(count, unit) + what);
        }
        figure.reason().ifPresent(unknown::add);
    }

    private static <T extends Comparable<T>> List<String> atMost(
            String what, Figure<T> figure, T limit, Function<T, String> describe) {
        if (figure.upperBound().isPresent() && figure.upperBound().get().compareTo(limit) <= 0) {
            return List.of();
        }
        String used = figure.upperBound().map(describe).orElse("is not known");
        String reason = figure.reason().map(text -> " (" + text + ")").orElse("");
        String comparison = figure.isExact() || figure.upperBound().isEmpty() ? "" : "at most ";
        return List.of(what + " " + comparison + used + reason + ", the limit is " + describe.apply(limit));
    }
}
