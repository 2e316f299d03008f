package org.junitsandbox.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Changes;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.Usage;

/** What an event has found out about its sandbox, as text. */
final class Findings {

    private Findings() {}

    /** Returns printable lines. */
    static List<String> lines(TranscriptEvent event) {
        List<String> lines = new ArrayList<>();
        event.usage().ifPresent(usage -> lines.addAll(
                event.kind() == TranscriptEvent.Kind.COMMAND
                        ? List.of("used " + String.join(", ", ofCommand(usage)))
                        : usage.toString().lines().map(Printable::of).toList()));
        event.changes().ifPresent(changes -> {
            lines.add(summary(changes, event.omittedChanges()));
            lines.addAll(ChangeNode.lines(changes));
        });
        return lines;
    }

    /** Returns all but the tree of changes, on one line. */
    static String line(TranscriptEvent event) {
        return event.changes()
                .map(changes -> summary(changes, event.omittedChanges()))
                .orElseGet(() -> String.join("; ", lines(event)));
    }

    /** What one command used: its CPU time, its memory, and what it met with. The reasons are those of the sandbox. */
    static List<String> ofCommand(Usage usage) {
        List<String> parts = new ArrayList<>();
        parts.add("CPU time " + value(usage.cpuTime(), Units::round));
        parts.add("memory " + value(usage.peakMemory(), Units::round));
        addUnlessZero(parts, "CPU limit reached in periods: ", usage.throttledPeriods());
        addUnlessZero(parts, "memory limit reached: ", usage.memoryLimitReached());
        addUnlessZero(parts, "processes killed for memory: ", usage.processesKilledForMemory());
        addUnlessZero(parts, "forks refused: ", usage.forksRefused());
        addUnlessZero(parts, "network attempts without a route: ", usage.network().withoutRoute());
        return parts;
    }

    private static void addUnlessZero(List<String> parts, String name, Figure<Long> figure) {
        if (!figure.upperBound().equals(Optional.of(0L))) {
            parts.add(name + value(figure, String::valueOf));
        }
    }

    /** Writes a figure without the reason why it is not exact. */
    static <T> String value(Figure<T> figure, Function<T, String> unit) {
        return figure.upperBound()
                .map(bound -> (figure.isExact() ? "" : "at most ") + unit.apply(bound))
                .orElse("unknown");
    }

    /** How many changes there are of which kind. */
    static String summary(Changes changes, int omitted) {
        if (changes.isEmpty() && omitted == 0) {
            return "nothing has changed";
        }
        StringJoiner counts = new StringJoiner(", ");
        changes.all().stream()
                .collect(Collectors.groupingBy(ChangeNode::verb, TreeMap::new, Collectors.counting()))
                .forEach((verb, count) -> counts.add(count + " " + verb));
        return counts + (omitted == 0 ? "" : ", and " + omitted + " more that are left out");
    }
}
