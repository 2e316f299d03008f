package org.junitsandbox.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Markup;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.Usage;

/** The plots of a page: when each event ran, and what each command used. They have the same scale of time. */
final class UsagePlots {

    private final Transcript transcript;
    private final List<TranscriptEvent> events;
    private final double end;

    /**
     * @param events those that the page lists
     */
    UsagePlots(Transcript transcript, List<TranscriptEvent> events) {
        this.transcript = transcript;
        this.events = events;
        this.end = events.stream()
                .mapToDouble(event -> Headings.inSeconds(event.at()) + length(event))
                .max()
                .orElse(0);
    }

    private static double length(TranscriptEvent event) {
        return event.end().map(last -> Headings.inSeconds(last.duration())).orElse(0.0);
    }

    /** Shows when each event ran; those that failed are higher. */
    String timeline() {
        List<Plot.Bar> bars = new ArrayList<>();
        for (TranscriptEvent event : events) {
            boolean failed = event.end().map(last -> !last.succeeded()).orElse(false);
            bars.add(bar(event, failed ? 0.95 : 0.5, failed ? "bad" : "good"));
        }
        return Plot.svg(
                String.format(Locale.ROOT, "When each event ran, of %.1f s; those that failed are higher", end),
                end,
                bars);
    }

    private static Plot.Bar bar(TranscriptEvent event, double height, String style) {
        return new Plot.Bar(Headings.inSeconds(event.at()), length(event), height, style);
    }

    /** Shows what each command used, as far as that was read for it alone. */
    String commands() {
        List<TranscriptEvent> commands =
                events.stream().filter(event -> event.kind() == TranscriptEvent.Kind.COMMAND).toList();
        List<TranscriptEvent> read =
                commands.stream().filter(event -> event.usage().isPresent()).toList();
        if (read.isEmpty()) {
            return "<p>" + Markup.text("What each command used was not read; usage = EACH_COMMAND does so.") + "</p>";
        }
        String missing = read.size() == commands.size()
                ? ""
                : "; " + (commands.size() - read.size()) + " of " + Excerpt.count(commands.size(), "command")
                        + " were not read alone";
        double cpus = transcript.limits().cpus();
        return plot(
                        read,
                        "CPU",
                        usage -> Amount.cpus(usage.cpuTime(), usage.wallTime()),
                        value -> Amount.decimal(value) + " of " + Amount.decimal(cpus) + (cpus == 1 ? " CPU" : " CPUs"),
                        missing)
                + plot(
                        read,
                        "Memory",
                        usage -> Amount.bytes(usage.peakMemory()),
                        value -> Units.round((long) value) + " of "
                                + Units.describe(transcript.limits().memoryBytes()),
                        missing);
    }

    private String plot(
            List<TranscriptEvent> read,
            String name,
            Function<Usage, Amount> figure,
            DoubleFunction<String> unit,
            String missing) {
        List<Amount> amounts = read.stream().map(event -> figure.apply(event.usage().orElseThrow())).toList();
        List<Amount> known = amounts.stream().filter(Amount::isKnown).toList();
        String unknown = amounts.stream()
                .filter(amount -> !amount.isKnown())
                .findFirst()
                .map(first -> "; unknown of " + (amounts.size() - known.size()) + ": " + first.reason())
                .orElse("");
        double highest = known.stream().mapToDouble(Amount::value).max().orElse(0);
        List<Plot.Bar> bars = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Amount amount = amounts.get(i);
            if (amount.isKnown() && highest > 0) {
                bars.add(bar(read.get(i), amount.value() / highest, amount.isExact() ? "exact" : "bound"));
            }
        }
        String bounds = known.stream().allMatch(Amount::isExact) ? "" : "; pale is at most that much";
        String caption = name + " of each command: "
                + (known.isEmpty() ? "no figure" : "highest " + unit.apply(highest)) + bounds + unknown + missing;
        return "<figure><figcaption>" + Markup.text(caption) + "</figcaption>"
                + (bars.isEmpty() ? "" : Plot.svg(caption, end, bars)) + "</figure>";
    }
}
