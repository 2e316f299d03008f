package org.junitsandbox.assertj;

import java.util.Locale;
import java.util.function.Function;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.StringAssert;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.StandardStream;

/** The assertions of {@link CommandResultAssert} on stdout and stderr, which are the same for both. */
abstract class OutputAssert<S extends OutputAssert<S>> extends SandboxAssert<S, CommandResult> {

    OutputAssert(@Nullable CommandResult actual, Class<S> type) {
        super(actual, type);
    }

    /**
     * Asserts all of stdout, as UTF-8.
     *
     * @param text what stdout is expected to be, line feeds included
     * @return this assertion
     * @throws AssertionError if stdout is anything else or was truncated
     */
    public S hasStdout(String text) {
        return stdout(checks -> checks.is(text));
    }

    /**
     * Asserts all of stdout, to the byte.
     *
     * @param bytes what stdout is expected to be
     * @return this assertion
     * @throws AssertionError if stdout is anything else or was truncated
     */
    public S hasStdoutBytes(byte[] bytes) {
        return stdout(checks -> checks.isBytes(bytes));
    }

    /**
     * Asserts all lines of stdout. Whether the last one ends with a line feed does not matter; carriage returns do.
     *
     * @param lines the lines that stdout is expected to have, without their line feeds
     * @return this assertion
     * @throws AssertionError if stdout has other lines or was truncated
     */
    public S hasStdoutLines(String... lines) {
        return stdout(checks -> checks.hasLines(lines));
    }

    /**
     * Asserts that stdout is empty.
     *
     * @return this assertion
     * @throws AssertionError if anything was written to it, even if only a line feed
     */
    public S hasNoStdout() {
        return stdout(StreamChecks::isEmpty);
    }

    /**
     * Asserts that stdout contains each of the texts, in whatever order.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if one is missing, or is not in the part that was kept of a truncated stream
     * @throws IllegalArgumentException if no text is given
     */
    public S stdoutContains(CharSequence... texts) {
        return stdout(checks -> checks.contains(texts));
    }

    /**
     * Asserts that stdout contains none of the texts.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if it contains one, or if stdout was truncated
     * @throws IllegalArgumentException if no text is given
     */
    public S stdoutDoesNotContain(CharSequence... texts) {
        return stdout(checks -> checks.doesNotContain(texts));
    }

    /**
     * Asserts that a pattern matches all of stdout, its last line feed included.
     *
     * @param regex a {@link java.util.regex.Pattern}; start it with {@code (?s)} for a dot to match line feeds as well
     * @return this assertion
     * @throws AssertionError if it does not match, or if stdout was truncated
     * @throws java.util.regex.PatternSyntaxException if it is not a valid pattern
     */
    public S stdoutMatches(String regex) {
        return stdout(checks -> checks.matches(regex));
    }

    /**
     * Continues with AssertJ's assertions on the text of stdout. In {@linkplain SandboxSoftAssertions soft assertions}
     * these are soft as well.
     *
     * @return assertions on stdout as UTF-8 text
     * @throws AssertionError if stdout was truncated
     */
    public AbstractStringAssert<?> stdout() {
        return text(StandardStream.STDOUT);
    }

    /**
     * Asserts all of stderr, as UTF-8.
     *
     * @param text what stderr is expected to be, line feeds included
     * @return this assertion
     * @throws AssertionError if stderr is anything else or was truncated
     */
    public S hasStderr(String text) {
        return stderr(checks -> checks.is(text));
    }

    /**
     * Asserts all of stderr, to the byte.
     *
     * @param bytes what stderr is expected to be
     * @return this assertion
     * @throws AssertionError if stderr is anything else or was truncated
     */
    public S hasStderrBytes(byte[] bytes) {
        return stderr(checks -> checks.isBytes(bytes));
    }

    /**
     * Asserts all lines of stderr. Whether the last one ends with a line feed does not matter; carriage returns do.
     *
     * @param lines the lines that stderr is expected to have, without their line feeds
     * @return this assertion
     * @throws AssertionError if stderr has other lines or was truncated
     */
    public S hasStderrLines(String... lines) {
        return stderr(checks -> checks.hasLines(lines));
    }

    /**
     * Asserts that stderr is empty.
     *
     * @return this assertion
     * @throws AssertionError if anything was written to it, even if only a line feed
     */
    public S hasNoStderr() {
        return stderr(StreamChecks::isEmpty);
    }

    /**
     * Asserts that stderr contains each of the texts, in whatever order.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if one is missing, or is not in the part that was kept of a truncated stream
     * @throws IllegalArgumentException if no text is given
     */
    public S stderrContains(CharSequence... texts) {
        return stderr(checks -> checks.contains(texts));
    }

    /**
     * Asserts that stderr contains none of the texts.
     *
     * @param texts at least one text
     * @return this assertion
     * @throws AssertionError if it contains one, or if stderr was truncated
     * @throws IllegalArgumentException if no text is given
     */
    public S stderrDoesNotContain(CharSequence... texts) {
        return stderr(checks -> checks.doesNotContain(texts));
    }

    /**
     * Asserts that a pattern matches all of stderr, its last line feed included.
     *
     * @param regex a {@link java.util.regex.Pattern}; start it with {@code (?s)} for a dot to match line feeds as well
     * @return this assertion
     * @throws AssertionError if it does not match, or if stderr was truncated
     * @throws java.util.regex.PatternSyntaxException if it is not a valid pattern
     */
    public S stderrMatches(String regex) {
        return stderr(checks -> checks.matches(regex));
    }

    /**
     * Continues with AssertJ's assertions on the text of stderr. In {@linkplain SandboxSoftAssertions soft assertions}
     * these are soft as well.
     *
     * @return assertions on stderr as UTF-8 text
     * @throws AssertionError if stderr was truncated
     */
    public AbstractStringAssert<?> stderr() {
        return text(StandardStream.STDERR);
    }

    private S stdout(Function<StreamChecks, Check> check) {
        return verify(StandardStream.STDOUT, check);
    }

    private S stderr(Function<StreamChecks, Check> check) {
        return verify(StandardStream.STDERR, check);
    }

    private S verify(StandardStream stream, Function<StreamChecks, Check> check) {
        requireActual();
        return verify(check.apply(new StreamChecks(name(stream), actual.output(stream), secrets())));
    }

    @Override
    Secrets secrets() {
        return actual == null ? Secrets.NONE : new Secrets(actual::masked);
    }

    S verify(Check check) {
        return verify(check, () -> ResultReport.of(actual));
    }

    private AbstractStringAssert<?> text(StandardStream stream) {
        beforeNavigation(() -> {
            requireActual();
            verify(stream, StreamChecks::isComplete);
        });
        String text = actual == null ? null : actual.output(stream).text();
        StringAssert next = navigate(StringAssert.class, String.class, StringAssert::new, text);
        if (actual == null || info.hasDescription()) {
            return next;
        }
        String command = secrets().in(actual.command().toString());
        return next.as("%s of `%s`, which %s", name(stream), command, actual.outcome());
    }

    private static String name(StandardStream stream) {
        return stream.name().toLowerCase(Locale.ROOT);
    }
}
