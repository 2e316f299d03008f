package org.junitsandbox.assertj;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.NetworkUsage;
import org.junitsandbox.shell.Usage;

/** Checks what a command or a whole sandbox used. A figure that is not known fails every check on it. */
final class UsageChecks {

    private static final int MAX_NAMES = 5;

    private final Usage usage;
    private final String subject;
    private final boolean ofCommand;

    private UsageChecks(Usage usage, String subject, boolean ofCommand) {
        this.usage = usage;
        this.subject = subject;
        this.ofCommand = ofCommand;
    }

    static UsageChecks ofCommand(Usage usage) {
        return new UsageChecks(usage, "the command", true);
    }

    static UsageChecks ofSandbox(Usage usage) {
        return new UsageChecks(usage, "the sandbox", false);
    }

    Check memoryAtMost(long bytes) {
        Figure<Long> peak = usage.peakMemory();
        Check check = atMost(peak, bytes, Units::describe, " of memory");
        // A new container would have shown the peak of this sandbox.
        return check.found() != null && !peak.isExact() && peak.upperBound().isPresent()
                ? check.but(check.found() + ". With recycle = FALSE, each sandbox has a new container")
                : check;
    }

    Check wallTimeAtMost(Duration limit) {
        return Check.of(
                usage.wallTime().compareTo(limit) <= 0,
                subject + " to finish its commands within " + Units.describe(limit),
                "but they took " + Units.describe(usage.wallTime()));
    }

    Check cpuAtMost(Duration limit) {
        return atMost(usage.cpuTime(), limit, Units::describe, " of CPU time");
    }

    Check noNetwork() {
        NetworkUsage network = usage.network();
        List<String> attempts = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        count(network.withoutRouteIpv4(), "attempt", " to reach an IPv4 address", attempts, unknown);
        if (!network.isIpv6Off()) {
            count(network.withoutRouteIpv6(), "attempt", " to reach an IPv6 address", attempts, unknown);
        }
        String nobody = " to a port of its own where nothing listens";
        count(network.datagramsNobodyTook(), "datagram", nobody, attempts, unknown);
        count(network.sentPackets(), "packet", " sent to a network", attempts, unknown);
        String expectation = subject + " not to try to reach a network";
        if (!attempts.isEmpty()) {
            return new Check(expectation, "but it made " + String.join(", ", attempts) + others(), null);
        }
        return unknown.isEmpty()
                ? Check.of(true, expectation, "")
                : new Check(expectation, "but that is not known: " + unknown.get(0), null);
    }

    private static void count(
            Figure<Long> figure, String unit, String what, List<String> attempts, List<String> unknown) {
        long count = figure.upperBound().orElse(0L);
        if (count > 0) {
            attempts.add(Excerpt.count(count, unit) + what);
        }
        figure.reason().ifPresent(unknown::add);
    }

    private <T extends Comparable<T>> Check atMost(
            Figure<T> figure, T limit, Function<T, String> describe, String unit) {
        String expectation = subject + " to use at most " + describe.apply(limit) + unit;
        if (figure.upperBound().isEmpty()) {
            return new Check(expectation, "but that is not known: " + figure.reason().orElse(""), null);
        }
        T bound = figure.upperBound().get();
        String used = figure.isExact()
                ? "but it used " + describe.apply(bound)
                : "but that is not known: it used at most " + describe.apply(bound) + ", as "
                        + figure.reason().orElse("");
        return Check.of(bound.compareTo(limit) <= 0, expectation, used + others());
    }

    /** What else a command's figure covers, and how to set the command apart. */
    private String others() {
        int count = usage.activityCount();
        if (!ofCommand || count < 2) {
            return "";
        }
        List<String> names = usage.activities();
        List<String> last = names.subList(Math.max(0, names.size() - MAX_NAMES), names.size());
        return ".\nThat is the figure of " + count + " activities together, " + (last.size() < count ? "at last " : "")
                + String.join(", ", last)
                + ".\nTo set the command apart, call shell.usage() before it, or set usage = EACH_COMMAND";
    }

    /** All figures, to be shown below a heading of this width. */
    String report(String indent) {
        return usage.toString().replace("\n", "\n" + indent);
    }
}
