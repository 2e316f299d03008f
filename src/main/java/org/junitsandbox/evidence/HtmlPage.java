package org.junitsandbox.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.TranscriptOutput;

/**
 * Writes one page for a browser, which loads nothing. What came from the sandbox is in it as data, which the page's own
 * script puts into text nodes only; its policy forbids every other script, style and address.
 */
final class HtmlPage {

    private HtmlPage() {}

    static String of(String title, Transcript transcript) throws IOException {
        String script = resource("page.js");
        String style = resource("page.css");
        // The data comes last, as it may have such a placeholder in it.
        return resource("page.html")
                .replace("${scriptHash}", hash(script))
                .replace("${styleHash}", hash(style))
                .replace("${style}", style)
                .replace("${script}", script)
                .replace("${data}", Json.of(data(title, transcript)));
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

    private static Map<String, Object> data(String title, Transcript transcript) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", Printable.of(title));
        data.put("opened", transcript.openedAt());
        data.put("facts", transcript.description().stream().map(Printable::of).toList());
        data.put("omitted", transcript.omittedEvents());
        data.put("events", transcript.events().stream().map(HtmlPage::data).toList());
        return data;
    }

    private static Map<String, Object> data(TranscriptEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("t", Headings.inSeconds(event.at()));
        data.put("l", Headings.label(event));
        data.put("x", Printable.lines(event.text()));
        data.put("d", event.details().stream().map(Printable::of).toList());
        event.directory().ifPresent(directory -> data.put("w", Printable.of(directory)));
        data.put("s", event.end().map(end -> Headings.inSeconds(end.duration())).orElse(0.0));
        event.end().ifPresent(end -> data.put("ok", end.succeeded()));
        if (event.kind() != TranscriptEvent.Kind.NOTE) {
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
