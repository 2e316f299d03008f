package org.junitsandbox.evidence;

import java.util.Optional;
import java.util.function.Function;
import org.junitsandbox.internal.text.Markup;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.Usage;

/** The part of a page for what the sandbox used: markup that needs no script. */
final class UsageSection {

    private final StringBuilder cards = new StringBuilder();

    private UsageSection() {}

    /**
     * @param last the last reading of the counters; empty if nobody has read them
     */
    static String of(Transcript transcript, Optional<TranscriptEvent> last, String plots) {
        Optional<Usage> usage = last.flatMap(TranscriptEvent::usage);
        return "<details id=\"usage\" open><summary>Usage</summary>"
                + usage.map(used -> new UsageSection().cards(transcript, used))
                        .orElseGet(() -> "<p>" + Markup.text("What the sandbox used is not known: " + reason(last))
                                + "</p>")
                + plots + "</details>";
    }

    /** Why an event at the end is missing or has no findings. */
    static String reason(Optional<TranscriptEvent> last) {
        return last.flatMap(TranscriptEvent::end)
                .map(TranscriptEvent.End::result)
                .orElse("it was not looked for when the transcript was written");
    }

    private String cards(Transcript transcript, Usage usage) {
        double cpus = transcript.limits().cpus();
        long memory = transcript.limits().memoryBytes();
        card(
                "CPU time",
                usage.cpuTime(),
                time -> Units.round(time) + " in " + Units.round(usage.wallTime()),
                Amount.cpus(usage.cpuTime(), usage.wallTime()).gauge(cpus),
                false);
        card(
                "Most memory in use",
                usage.peakMemory(),
                bytes -> Units.round(bytes) + " of " + Units.describe(memory),
                Amount.bytes(usage.peakMemory()).gauge((double) memory),
                false);
        count("Periods held back by the CPU limit", usage.throttledPeriods(), false);
        count("Memory limit reached", usage.memoryLimitReached(), true);
        count("Processes killed for memory", usage.processesKilledForMemory(), true);
        count("Forks refused", usage.forksRefused(), true);
        count("Network attempts without a route", usage.network().withoutRoute(), true);
        count("Packets sent", usage.network().sentPackets(), false);
        return "<dl>" + cards + "</dl>";
    }

    private void count(String name, Figure<Long> figure, boolean isTrouble) {
        boolean isNotable = isTrouble && figure.upperBound().filter(count -> count != 0).isPresent();
        card(name, figure, String::valueOf, "", isNotable);
    }

    private <T> void card(String name, Figure<T> figure, Function<T, String> unit, String gauge, boolean isNotable) {
        cards.append(isNotable ? "<div class=\"notable\">" : "<div>")
                .append("<dt>" + Markup.text(name) + "</dt><dd>")
                .append(Markup.text(Findings.value(figure, unit)))
                .append(gauge)
                .append(figure.reason().map(reason -> "<small>" + Markup.text(reason) + "</small>").orElse(""))
                .append("</dd></div>");
    }
}
