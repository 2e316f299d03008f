package org.junitsandbox.assertj;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.StandardStream;

/**
 * Assertions on the result of a command. A failure reports the command, its outcome and the end of both streams.
 *
 * <p>Streams are compared to the byte: nothing is trimmed, so what {@code echo} writes ends with a line feed. Text is
 * UTF-8; bytes that are not UTF-8 equal no text and show as U+FFFD. An assertion that depends on output that was
 * dropped fails and reports that.
 *
 * <p>Not safe for use by several threads, as AssertJ's assertions are not.
 *
 * @since 0.1
 */
public class CommandResultAssert extends OutputAssert<CommandResultAssert> {

    /**
     * For {@link SandboxAssertions#assertThat(CommandResult)} and for AssertJ's soft assertions.
     *
     * @param actual the result; every assertion on null fails
     */
    public CommandResultAssert(@Nullable CommandResult actual) {
        super(actual, CommandResultAssert.class);
    }

    /**
     * Asserts that the command itself ended, with code 0, and that all its output was kept: {@link Outcome.Exited} with
     * code 0.
     *
     * @return this assertion
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
     * @return this assertion
     * @throws AssertionError if it did not
     */
    public CommandResultAssert failed() {
        return exited("exit with a code other than 0", is -> is != 0);
    }

    /**
     * Asserts that the command itself ended, with this code, and that all its output was kept: {@link Outcome.Exited}.
     *
     * @param code 0 to 255
     * @return this assertion
     * @throws AssertionError if it did not
     */
    public CommandResultAssert exitedWith(int code) {
        return exited("exit with code " + code, is -> is == code);
    }

    /**
     * Asserts that the command itself ended, with one of these codes, and that all its output was kept: {@link
     * Outcome.Exited}.
     *
     * @param codes at least one code, 0 to 255
     * @return this assertion
     * @throws AssertionError if it ended in another way or with another code
     * @throws IllegalArgumentException if no code is given
     */
    public CommandResultAssert exitedWithAnyOf(int... codes) {
        if (codes.length == 0) {
            throw new IllegalArgumentException("No exit code is given: give one or more");
        }
        String expected = Arrays.stream(codes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return exited(
                "exit with any of the codes " + expected,
                is -> Arrays.stream(codes).anyMatch(code -> code == is));
    }

    /**
     * Asserts the exit code, however the command ended. Unlike {@link #exitedWith} this holds for a command that ended
     * its shell, ran out of memory (137) or wrote too much.
     *
     * @param code 0 to 255
     * @return this assertion
     * @throws AssertionError if it has another code, none, or one that is not known
     */
    public CommandResultAssert hasExitCode(int code) {
        return outcome("end with exit code " + code, is -> is.exitCode().equals(OptionalInt.of(code)));
    }

    /**
     * Asserts that the command ended its shell: {@link Outcome.ShellExited}.
     *
     * @return this assertion
     * @throws AssertionError if it did not
     */
    public CommandResultAssert shellExited() {
        return outcome("end its shell", is -> is instanceof Outcome.ShellExited);
    }

    /**
     * Asserts that the command ended its shell, with this code.
     *
     * @param code 0 to 255
     * @return this assertion
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
     * @return this assertion
     * @throws AssertionError if it did not
     */
    public CommandResultAssert timedOut() {
        return outcome("time out", is -> is instanceof Outcome.TimedOut);
    }

    /**
     * Asserts that the memory limit ended the command: {@link Outcome.OutOfMemory}.
     *
     * @return this assertion
     * @throws AssertionError if it did not
     */
    public CommandResultAssert ranOutOfMemory() {
        return outcome("run out of memory", is -> is instanceof Outcome.OutOfMemory);
    }

    /**
     * Asserts that the command wrote more to a stream than was kept, however it ended: a command that timed out may
     * have done so as well.
     *
     * @return this assertion
     * @throws AssertionError if all its output was kept
     */
    public CommandResultAssert outputWasLimited() {
        requireActual();
        boolean limited = actual.output(StandardStream.STDOUT).isTruncated()
                || actual.output(StandardStream.STDERR).isTruncated();
        return verify(Check.of(limited, "the command to write more than is kept", "but all its output was kept"));
    }

    /**
     * Asserts that no limit of time or output ended the command and that it took no longer than this.
     *
     * @param limit what {@link CommandResult#duration()} is at most
     * @return this assertion
     * @throws AssertionError if it took longer or such a limit ended it
     */
    public CommandResultAssert finishedWithin(Duration limit) {
        requireActual();
        boolean killed =
                actual.outcome() instanceof Outcome.TimedOut || actual.outcome() instanceof Outcome.OutputExceeded;
        return verify(Check.of(
                !killed && actual.duration().compareTo(limit) <= 0,
                "the command to finish within " + Units.describe(limit),
                "but it " + (killed ? actual.outcome() : "took " + longer(actual.duration(), limit))));
    }

    /**
     * Asserts how much memory was in use at most while the command ran: of all processes, and of all files in memory.
     *
     * <p>This and the other assertions on {@link CommandResult#usage()} cover all commands since the counters were read
     * last: they hold for this one if they hold for all together. If they fail, the message names the others.
     *
     * @param bytes what {@link org.junitsandbox.shell.Usage#peakMemory()} is at most
     * @return this assertion
     * @throws AssertionError if it was more, or may have been, or is not known
     */
    public CommandResultAssert usedAtMost(long bytes) {
        return usage(checks -> checks.memoryAtMost(bytes));
    }

    /**
     * Asserts how much memory was in use at most while the command ran, as {@link #usedAtMost(long)} does.
     *
     * @param size for example {@code "64MiB"}, as in {@link org.junitsandbox.spec.ResourceLimits#memory(String)}
     * @return this assertion
     * @throws AssertionError if it was more, or may have been, or is not known
     * @throws IllegalArgumentException if {@code size} is not a size
     */
    public CommandResultAssert usedAtMost(String size) {
        return usedAtMost(Units.bytes(size));
    }

    /**
     * Asserts how much CPU time all processes took while the command ran. About 2 ms are the library's own.
     *
     * @param limit what {@link org.junitsandbox.shell.Usage#cpuTime()} is at most
     * @return this assertion
     * @throws AssertionError if it was more or is not known
     */
    public CommandResultAssert usedCpuAtMost(Duration limit) {
        return usage(checks -> checks.cpuAtMost(limit));
    }

    /**
     * Asserts that nothing in the sandbox tried to reach a network while the command ran. With the network
     * {@code none}, as by default, each attempt counts, that of a name look-up as well. With another network each
     * packet that is sent counts, also one that the kernel sends by itself. What stays within the sandbox is no
     * attempt, except for datagrams that nobody takes: there, the resolver asks a name server of its own. Not seen are
     * attempts to reach an address that is written out in IPv6, where the engine has
     * {@linkplain org.junitsandbox.shell.NetworkUsage#isIpv6Off() switched IPv6 off}: nothing can leave by it there.
     *
     * @return this assertion
     * @throws AssertionError if there was an attempt, with how many of which kind, or if that is not known
     */
    public CommandResultAssert triedNoNetwork() {
        return usage(UsageChecks::noNetwork);
    }

    private CommandResultAssert usage(Function<UsageChecks, Check> check) {
        requireActual();
        UsageChecks checks = UsageChecks.ofCommand(actual.usage());
        return verify(
                check.apply(checks),
                () -> ResultReport.of(actual) + "\nUsage:     " + checks.report("           "));
    }

    /** Writes a duration so that it shows to be longer than the limit. */
    private static String longer(Duration duration, Duration limit) {
        String rounded = Units.round(duration);
        return rounded.equals(Units.round(limit)) ? Units.describe(duration) : rounded;
    }

    private CommandResultAssert outcome(String expectation, Predicate<Outcome> test) {
        requireActual();
        Outcome outcome = actual.outcome();
        return verify(Check.of(test.test(outcome), "the command to " + expectation, "but it " + outcome));
    }

    /** A shell that ended is an end of another kind, for which {@code exit} is easily taken. */
    private CommandResultAssert exited(String expectation, IntPredicate test) {
        requireActual();
        Outcome outcome = actual.outcome();
        String hint = outcome instanceof Outcome.ShellExited shell
                ? ". Outside a subshell, `exit` ends the shell itself, as exec, set -e and signals do:"
                        + " expect shellExited"
                        + (shell.exitCode().isPresent() ? "With(" + shell.exitCode().getAsInt() + ")" : "()")
                        + ", or put the command in parentheses: \"( ... )\""
                : "";
        return verify(Check.of(
                outcome instanceof Outcome.Exited exited && test.test(exited.code()),
                "the command to " + expectation,
                "but it " + outcome + hint));
    }
}
