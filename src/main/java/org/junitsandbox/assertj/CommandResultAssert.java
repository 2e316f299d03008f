package org.junitsandbox.assertj;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.StringAssert;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Output;
import org.junitsandbox.shell.StandardStream;

/**
 * Assertions on what came of a command. A failure tells the command, its outcome and the end of both streams.
 *
 * <p>Streams are compared to the byte: nothing is trimmed, so what {@code echo} writes ends with a line feed. Text is
 * UTF-8; bytes that are not UTF-8 equal no text and show as U+FFFD. Where a stream was truncated, an assertion that
 * would need what was dropped fails and says so.
 *
 * @since 0.1
 */
public class CommandResultAssert extends SandboxAssert<CommandResultAssert, CommandResult> {

    /** For {@link SandboxAssertions#assertThat(CommandResult)} and for AssertJ's soft assertions. */
    public CommandResultAssert(@Nullable CommandResult actual) {
        super(actual, CommandResultAssert.class);
    }

    /**
     * Asserts that the command itself ended, with code 0, and that all its output is here: {@link Outcome.Exited} with
     * code 0.
     *
     * @throws AssertionError if it did not
     */
    public CommandResultAssert succeeded() {
        return exitedWith(0);
    }

    /**
     * Asserts that the command itself ended, with a code other than 0: {@link Outcome.Exited} with such a code. A
     * command that timed out, ran out of memory, ended its shell or wrote too much did not fail in this sense: each has
     * an assertion of its own.
     *
     * @throws AssertionError if it did not
     */
    public CommandResultAssert failed() {
        return outcome(
                "exit with a code other than 0", is -> is instanceof Outcome.Exited exited && exited.code() != 0);
    }

    /**
     * Asserts that the command itself ended, with this code, and that all its output is here: {@link Outcome.Exited}.
     *
     * @param code 0 to 255
     * @throws AssertionError if it did not
     */
    public CommandResultAssert exitedWith(int code) {
        return outcome("exit with code " + code, is -> is instanceof Outcome.Exited exited && exited.code() == code);
    }

    /**
     * Asserts the exit code, however the command ended. Unlike {@link #exitedWith} this holds for one that ended its
     * shell, ran out of memory (137) or wrote too much.
     *
     * @param code 0 to 255
     * @throws AssertionError if it has another code or none that is known
     */
    public CommandResultAssert hasExitCode(int code) {
        return outcome("end with exit code " + code, is -> is.exitCode().equals(OptionalInt.of(code)));
    }

    /**
     * Asserts that the command ended its shell: {@link Outcome.ShellExited}.
     *
     * @throws AssertionError if it did not
     */
    public CommandResultAssert shellExited() {
        return outcome("end its shell", is -> is instanceof Outcome.ShellExited);
    }

    /**
     * Asserts that the command ended its shell, with this code.
     *
     * @param code 0 to 255
     * @throws AssertionError if it did not, or the code is not known
     */
    public CommandResultAssert shellExitedWith(int code) {
        return outcome(
                "end its shell with code " + code,
                is -> is instanceof Outcome.ShellExited exited && exited.exitCode().equals(OptionalInt.of(code)));
    }

    /**
     * Asserts that the time limit ended the command: {@link Outcome.TimedOut}.
     *
     * @throws AssertionError if it did not
     */
    public CommandResultAssert timedOut() {
        return outcome("time out", is -> is instanceof Outcome.TimedOut);
    }

    /**
     * Asserts that the memory limit ended the command: {@link Outcome.OutOfMemory}.
     *
     * @throws AssertionError if it did not
     */
    public CommandResultAssert ranOutOfMemory() {
        return outcome("run out of memory", is -> is instanceof Outcome.OutOfMemory);
    }

    /**
     * Asserts that the command wrote more to a stream than is kept, however it ended: one that timed out may have done
     * so, too.
     *
     * @throws AssertionError if all its output was kept
     */
    public CommandResultAssert outputWasLimited() {
        isNotNull();
        boolean limited = actual.output(StandardStream.STDOUT).isTruncated()
                || actual.output(StandardStream.STDERR).isTruncated();
        return verify(Check.of(limited, "the command to write more than is kept", "but all its output was kept"));
    }

    /**
     * Asserts that the command ended before its time limit and took no longer than this.
     *
     * @param limit what {@link CommandResult#duration()} is at most
     * @throws AssertionError if it took longer or timed out
     */
    public CommandResultAssert finishedWithin(Duration limit) {
        isNotNull();
        boolean timedOut = actual.outcome() instanceof Outcome.TimedOut;
        return verify(Check.of(
                !timedOut && actual.duration().compareTo(limit) <= 0,
                "the command to finish within " + Units.describe(limit),
                "but it " + (timedOut ? actual.outcome() : "took " + Units.describe(actual.duration()))));
    }

    /**
     * Asserts all of stdout, as UTF-8.
     *
     * @throws AssertionError if stdout is anything else or was truncated
     */
    public CommandResultAssert hasStdout(String text) {
        return stdoutThat(stream -> stream.is(text));
    }

    /**
     * Asserts all of stdout.
     *
     * @throws AssertionError if stdout is anything else or was truncated
     */
    public CommandResultAssert hasStdoutBytes(byte[] bytes) {
        return stdoutThat(stream -> stream.isBytes(bytes));
    }

    /**
     * Asserts all lines of stdout, each given without its line feed. Whether there is one after the last line does not
     * matter; carriage returns do.
     *
     * @throws AssertionError if stdout has other lines or was truncated
     */
    public CommandResultAssert hasStdoutLines(String... lines) {
        return stdoutThat(stream -> stream.hasLines(lines));
    }

    /**
     * Asserts that stdout is empty.
     *
     * @throws AssertionError if anything was written to it, be it a line feed
     */
    public CommandResultAssert hasNoStdout() {
        return stdoutThat(StreamChecks::isEmpty);
    }

    /**
     * Asserts that each of these is in stdout.
     *
     * @throws AssertionError if one is missing, or cannot be found in a stream that was truncated
     * @throws IllegalArgumentException if none is given
     */
    public CommandResultAssert stdoutContains(CharSequence... texts) {
        return stdoutThat(stream -> stream.contains(texts));
    }

    /**
     * Asserts that none of these is in stdout.
     *
     * @throws AssertionError if one is, or if stdout was truncated
     * @throws IllegalArgumentException if none is given
     */
    public CommandResultAssert stdoutDoesNotContain(CharSequence... texts) {
        return stdoutThat(stream -> stream.doesNotContain(texts));
    }

    /**
     * Asserts that a pattern matches all of stdout, its last line feed included.
     *
     * @param regex as {@link java.util.regex.Pattern} has it; for a dot to match line feeds, too, begin with {@code
     *     (?s)}
     * @throws AssertionError if it does not, or if stdout was truncated
     * @throws java.util.regex.PatternSyntaxException if it is no pattern
     */
    public CommandResultAssert stdoutMatches(String regex) {
        return stdoutThat(stream -> stream.matches(regex));
    }

    /**
     * Goes on to AssertJ's assertions on the text of stdout. In {@linkplain SandboxSoftAssertions soft assertions}
     * these are soft, too.
     *
     * @throws AssertionError if stdout was truncated
     */
    public AbstractStringAssert<?> stdout() {
        return text("stdout", result -> result.output(StandardStream.STDOUT));
    }

    /**
     * Asserts all of stderr, as UTF-8.
     *
     * @throws AssertionError if stderr is anything else or was truncated
     */
    public CommandResultAssert hasStderr(String text) {
        return stderrThat(stream -> stream.is(text));
    }

    /**
     * Asserts all of stderr.
     *
     * @throws AssertionError if stderr is anything else or was truncated
     */
    public CommandResultAssert hasStderrBytes(byte[] bytes) {
        return stderrThat(stream -> stream.isBytes(bytes));
    }

    /**
     * Asserts all lines of stderr, each given without its line feed. Whether there is one after the last line does not
     * matter; carriage returns do.
     *
     * @throws AssertionError if stderr has other lines or was truncated
     */
    public CommandResultAssert hasStderrLines(String... lines) {
        return stderrThat(stream -> stream.hasLines(lines));
    }

    /**
     * Asserts that stderr is empty.
     *
     * @throws AssertionError if anything was written to it, be it a line feed
     */
    public CommandResultAssert hasNoStderr() {
        return stderrThat(StreamChecks::isEmpty);
    }

    /**
     * Asserts that each of these is in stderr.
     *
     * @throws AssertionError if one is missing, or cannot be found in a stream that was truncated
     * @throws IllegalArgumentException if none is given
     */
    public CommandResultAssert stderrContains(CharSequence... texts) {
        return stderrThat(stream -> stream.contains(texts));
    }

    /**
     * Asserts that none of these is in stderr.
     *
     * @throws AssertionError if one is, or if stderr was truncated
     * @throws IllegalArgumentException if none is given
     */
    public CommandResultAssert stderrDoesNotContain(CharSequence... texts) {
        return stderrThat(stream -> stream.doesNotContain(texts));
    }

    /**
     * Asserts that a pattern matches all of stderr, its last line feed included.
     *
     * @param regex as {@link java.util.regex.Pattern} has it; for a dot to match line feeds, too, begin with {@code
     *     (?s)}
     * @throws AssertionError if it does not, or if stderr was truncated
     * @throws java.util.regex.PatternSyntaxException if it is no pattern
     */
    public CommandResultAssert stderrMatches(String regex) {
        return stderrThat(stream -> stream.matches(regex));
    }

    /**
     * Goes on to AssertJ's assertions on the text of stderr. In {@linkplain SandboxSoftAssertions soft assertions}
     * these are soft, too.
     *
     * @throws AssertionError if stderr was truncated
     */
    public AbstractStringAssert<?> stderr() {
        return text("stderr", result -> result.output(StandardStream.STDERR));
    }

    private CommandResultAssert outcome(String expectation, Predicate<Outcome> test) {
        isNotNull();
        Outcome outcome = actual.outcome();
        return verify(Check.of(test.test(outcome), "the command to " + expectation, "but it " + outcome));
    }

    private CommandResultAssert stdoutThat(Function<StreamChecks, Check> check) {
        isNotNull();
        return verify(check.apply(new StreamChecks("stdout", actual.output(StandardStream.STDOUT))));
    }

    private CommandResultAssert stderrThat(Function<StreamChecks, Check> check) {
        isNotNull();
        return verify(check.apply(new StreamChecks("stderr", actual.output(StandardStream.STDERR))));
    }

    private AbstractStringAssert<?> text(String name, Function<CommandResult, Output> output) {
        beforeNavigation(() -> {
            isNotNull();
            verify(new StreamChecks(name, output.apply(actual)).isComplete());
        });
        String text = actual == null ? null : output.apply(actual).text();
        StringAssert next = navigate(StringAssert.class, String.class, StringAssert::new, text);
        return actual == null || info.hasDescription()
                ? next
                : next.as("%s of `%s`, which %s", name, actual.command(), actual.outcome());
    }

    private CommandResultAssert verify(Check check) {
        return verify(check, () -> ResultReport.of(actual));
    }
}
