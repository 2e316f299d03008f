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

    private final String subject;
    private final byte[] bytes;
    private final String text;

    /**
     * @param subject the stream or the content of the file, to start a sentence with
     */
    Content(String subject, byte[] bytes) {
        this.subject = subject;
        this.bytes = bytes;
        this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    Check is(String expected) {
        String expectation = subject + " to be:\n  " + quote(expected);
        if (!text.equals(expected)) {
            String found = "but it was:\n  " + quote(text) + "\n" + Difference.between(expected, text);
            return new Check(expectation, found, new Check.Diff(expected, text));
        }
        return new Check(expectation, difference(text.getBytes(StandardCharsets.UTF_8)), null);
    }

    Check isBytes(byte[] expected) {
        String expectation = subject + " to be " + bytesOf(expected);
        return new Check(expectation, difference(expected), null);
    }

    Check startsWith(byte[] expected) {
        boolean holds = bytes.length >= expected.length
                && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
        return Check.of(
                holds,
                subject + " to start with " + bytesOf(expected),
                bytes.length == 0 ? "but it is empty" : "but it starts with " + Excerpt.hex(bytes, 0));
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
                "but it was:\n  " + quote(text));
    }

    /** Lines without their line feeds; whether the last one has a line feed does not matter. */
    Check hasLines(String... expected) {
        List<String> lines = Arrays.asList((text.endsWith("\n") ? text : text + "\n").split("\n", -1));
        List<String> found = text.isEmpty() ? List.of() : lines.subList(0, lines.size() - 1);
        String wanted = String.join("\n", expected);
        String actual = String.join("\n", found);
        String expectation = subject + " to be " + linesOf(List.of(expected));
        if (!found.equals(List.of(expected))) {
            String difference = wanted.equals(actual) ? "" : "\n" + Difference.between(wanted, actual);
            return new Check(expectation, "but it was " + linesOf(found) + difference, new Check.Diff(wanted, actual));
        }
        return Check.of(isUtf8(), expectation, "but it was not UTF-8:\n  " + Excerpt.hex(bytes, 0));
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

    private static String list(List<String> texts) {
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
        return Arrays.equals(bytes, expected)
                ? null
                : "but it was " + bytesOf(bytes) + "\n" + Difference.between(expected, bytes);
    }

    private static String quote(String text) {
        return Excerpt.quote(text, MAX_CHARS);
    }

    private static String bytesOf(byte[] bytes) {
        return Excerpt.count(bytes.length, "byte") + (bytes.length == 0 ? "" : ":\n  " + Excerpt.hex(bytes, 0));
    }

    private static String linesOf(List<String> lines) {
        return Excerpt.count(lines.size(), "line") + (lines.isEmpty() ? "" : ":\n  " + quote(String.join("\n", lines)));
    }
}
