package org.junitsandbox.assertj;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;

/** Checks what a stream or a file contains, to the byte. Text is UTF-8; bytes that are not UTF-8 equal no text. */
final class Content {

    private static final int MAX_CHARS = 200;

    private static final String ONLY_MASKED = "They differ in what is masked here.";

    private final String subject;
    private final byte[] bytes;
    private final String text;
    private final Secrets secrets;

    /**
     * @param subject the stream or the content of the file, to start a sentence with
     * @param secrets are hidden in messages
     */
    Content(String subject, byte[] bytes, Secrets secrets) {
        this.subject = subject;
        this.bytes = bytes;
        this.text = new String(bytes, StandardCharsets.UTF_8);
        this.secrets = secrets;
    }

    Check is(String expected) {
        String expectation = subject + " to be:\n  " + quote(expected);
        if (!text.equals(expected)) {
            Check.Diff shown = new Check.Diff(secrets.in(expected), shownText());
            String found = "but it was:\n  " + quote(shown.found()) + "\n" + difference(shown);
            return new Check(expectation, found, shown);
        }
        return new Check(expectation, difference(text.getBytes(StandardCharsets.UTF_8)), null);
    }

    Check isBytes(byte[] expected) {
        String expectation = subject + " to be " + bytesOf(secrets.in(expected));
        return new Check(expectation, difference(expected), null);
    }

    Check startsWith(byte[] expected) {
        boolean holds = bytes.length >= expected.length
                && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
        return Check.of(
                holds,
                subject + " to start with " + bytesOf(secrets.in(expected)),
                () -> bytes.length == 0
                        ? "but it is empty"
                        : "but it starts with " + Excerpt.hex(secrets.inBeginning(bytes), 0));
    }

    Check contains(CharSequence... parts) {
        return all(this::holds, "to contain", "missing", parts);
    }

    Check doesNotContain(CharSequence... parts) {
        return all(part -> !holds(part), "not to contain", "found", parts);
    }

    Check matches(String regex) {
        return Check.of(
                Pattern.matches(regex, text),
                subject + " to match the pattern:\n  " + quote(regex),
                () -> "but it was:\n  " + quote(shownText()));
    }

    /** Lines without their line feeds; whether the last one has a line feed does not matter. */
    Check hasLines(String... expected) {
        List<String> found = lines(text);
        String expectation = subject + " to be " + linesOf(List.of(expected));
        if (!found.equals(List.of(expected))) {
            List<String> lines = lines(shownText());
            Check.Diff shown = new Check.Diff(secrets.in(String.join("\n", expected)), String.join("\n", lines));
            String difference = shown.expected().equals(shown.found()) ? "" : "\n" + difference(shown);
            return new Check(expectation, "but it was " + linesOf(lines) + difference, shown);
        }
        return Check.of(
                isUtf8(), expectation, () -> "but it was not UTF-8:\n  " + Excerpt.hex(secrets.in(bytes), 0));
    }

    private static List<String> lines(String text) {
        List<String> lines = Arrays.asList((text.endsWith("\n") ? text : text + "\n").split("\n", -1));
        return text.isEmpty() ? List.of() : lines.subList(0, lines.size() - 1);
    }

    private String shownText() {
        return secrets.textOf(bytes, false);
    }

    private Check all(Predicate<String> test, String verb, String wrong, CharSequence... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException(
                    "No text is given that " + subject + " is " + verb + ": give one or more");
        }
        List<String> texts = Arrays.stream(parts).map(CharSequence::toString).toList();
        List<String> failing = texts.stream().filter(test.negate()).toList();
        return Check.of(
                failing.isEmpty(),
                subject + " " + verb + ":" + list(texts),
                texts.size() == 1 ? "but it is " + wrong : "but these are " + wrong + ":" + list(failing));
    }

    private String list(List<String> texts) {
        return texts.stream().map(text -> "\n  " + quote(text)).collect(Collectors.joining());
    }

    /**
     * Compares both forms: text alone would find U+FFFD in bytes that are not UTF-8, and bytes alone would find "?" for
     * half a surrogate pair.
     */
    private boolean holds(String part) {
        return text.contains(part) && asChars(bytes).contains(asChars(part.getBytes(StandardCharsets.UTF_8)));
    }

    private static String asChars(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private boolean isUtf8() {
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String difference(byte[] expected) {
        if (Arrays.equals(bytes, expected)) {
            return null;
        }
        byte[] shown = secrets.in(bytes);
        byte[] wanted = secrets.in(expected);
        return "but it was " + bytesOf(shown) + "\n"
                + (Arrays.equals(shown, wanted) ? ONLY_MASKED : Difference.between(wanted, shown));
    }

    private static String difference(Check.Diff shown) {
        return shown.expected().equals(shown.found())
                ? ONLY_MASKED
                : Difference.between(shown.expected(), shown.found());
    }

    private String quote(String text) {
        return Excerpt.quote(secrets.in(text), MAX_CHARS);
    }

    private static String bytesOf(byte[] bytes) {
        return Excerpt.count(bytes.length, "byte") + (bytes.length == 0 ? "" : ":\n  " + Excerpt.hex(bytes, 0));
    }

    private String linesOf(List<String> lines) {
        return Excerpt.count(lines.size(), "line") + (lines.isEmpty() ? "" : ":\n  " + quote(String.join("\n", lines)));
    }
}
