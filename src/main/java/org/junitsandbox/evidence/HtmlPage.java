package org.junitsandbox.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.TranscriptOutput;
import org.junitsandbox.spec.ResourceLimits;

/**
 * Writes one page for a browser, which loads nothing. What came from the sandbox is in it as escaped text, and as data
 * that the page's own script puts into text nodes only; its policy forbids every other script, style and address.
 */
final class HtmlPage {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private HtmlPage() {}

    static String of(String title, Transcript transcript) throws IOException {
        String script = resource("page.js");
        String style = resource("page.css");
        Optional<TranscriptEvent> usage = last(transcript, TranscriptEvent.Kind.USAGE);
        Optional<TranscriptEvent> changes = last(transcript, TranscriptEvent.Kind.CHANGES);
        List<TranscriptEvent> events = new ArrayList<>(transcript.events());
        usage.ifPresent(events::remove);
        changes.ifPresent(events::remove);
        UsagePlots plots = new UsagePlots(transcript, events);
        Map<String, String> parts = Map.of(
                "scriptHash", hash(script),
                "styleHash", hash(style),
                "style", style,
                "script", script,
                "timeline", plots.timeline(),
                "usage", UsageSection.of(transcript, usage, plots.commands()),
                "changes", ChangesSection.of(changes),
                "data", Json.of(data(title, transcript, events)));
        // At once, as a part may have such a placeholder in it.
        return PLACEHOLDER
                .matcher(resource("page.html"))
                .replaceAll(found -> Matcher.quoteReplacement(
                        Objects.requireNonNull(parts.get(found.group(1)), found.group())));
    }

    private static Optional<TranscriptEvent> last(Transcript transcript, TranscriptEvent.Kind kind) {
        return transcript.events().stream().filter(event -> event.kind() == kind).reduce((one, next) -> next);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(String inline) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Map<String, Object> data(String title, Transcript transcript, List<TranscriptEvent> events) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", Printable.of(title));
        data.put("opened", transcript.openedAt().truncatedTo(ChronoUnit.SECONDS));
        data.put("facts", transcript.description().stream().map(Printable::of).toList());
        data.put("omitted", transcript.omittedEvents());
        data.put("events", events.stream().map(event -> data(event, transcript.limits())).toList());
        return data;
    }

    private static Map<String, Object> data(TranscriptEvent event, ResourceLimits limits) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("t", Headings.inSeconds(event.at()));
        data.put("l", Headings.label(event));
        data.put("x", Printable.lines(event.text()));
        data.put("d", event.details().stream().map(Printable::of).toList());
        event.directory().ifPresent(directory -> data.put("w", Printable.of(directory)));
        data.put("s", event.end().map(end -> Headings.inSeconds(end.duration())).orElse(0.0));
        event.end().ifPresent(end -> data.put("ok", end.succeeded()));
        if (event.kind() == TranscriptEvent.Kind.COMMAND) {
            event.usage().ifPresent(usage -> data.put("u", List.of(
                    Findings.ofCommand(usage),
                    List.of(
                            Amount.cpus(usage.cpuTime(), usage.wallTime()).share(limits.cpus()),
                            Amount.bytes(usage.peakMemory()).share((double) limits.memoryBytes())))));
        } else {
            data.put("f", Findings.lines(event));
        }
        if (Headings.hasResult(event)) {
            data.put("r", event.end().isEmpty() ? "running" : Printable.of(Headings.result(event)));
        }
        data.put("o", output(event));
        return data;
    }

    private static List<List<Object>> output(TranscriptEvent event) {
        ColouredText stdout = new ColouredText();
        ColouredText stderr = new ColouredText();
        List<List<Object>> parts = new ArrayList<>();
        for (TranscriptOutput part : event.output()) {
            boolean isStdout = part.stream() == StandardStream.STDOUT;
            String text = (isStdout ? stdout : stderr).read(part.text());
            parts.add(List.of(Headings.inSeconds(part.at()), isStdout ? 0 : 1, text));
        }
        for (int stream = 0; stream < 2; stream++) {
            String rest = (stream == 0 ? stdout : stderr).end();
            if (!rest.isEmpty()) {
                parts.add(List.of(parts.get(parts.size() - 1).get(0), stream, rest));
            }
        }
        return parts;
    }
}
