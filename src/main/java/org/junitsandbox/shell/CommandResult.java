package org.junitsandbox.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.spec.ResourceLimits;

/**
 * How a command ended and what it wrote. Immutable, so safe for use by several threads.
 *
 * <p>{@link #stdout()} and {@link #stderr()} are text, for tests that compare what was printed. {@link #output} has the
 * rest: the length of what was written, kept or not, and other charsets. The order of the two streams relative to each
 * other is not known.
 *
 * @since 0.1
 */
public final class CommandResult {

    private final Command command;
    private final Outcome outcome;
    private final Output stdout;
    private final Output stderr;
    private final Duration duration;
    private final String directory;
    private final ResourceLimits limits;
    private final @Nullable String shellRestart;
    private final CommandUsage usage;
    private final UnaryOperator<List<String>> mask;

    /**
     * @param shellRestart why the shell was a new one; null if it was the session's first
     * @param mask hides the secrets of the shell
     */
    CommandResult(
            Command command,
            Outcome outcome,
            Output stdout,
            Output stderr,
            Duration duration,
            String directory,
            ResourceLimits limits,
            @Nullable String shellRestart,
            CommandUsage usage,
            UnaryOperator<List<String>> mask) {
        this.command = command;
        this.outcome = outcome;
        this.stdout = stdout;
        this.stderr = stderr;
        this.duration = duration;
        this.directory = directory;
        this.limits = limits;
        this.shellRestart = shellRestart;
        this.usage = usage;
        this.mask = mask;
    }

    /**
     * Returns the command that was run.
     *
     * @return the very command that the shell was given
     */
    public Command command() {
        return command;
    }

    /**
     * Returns how the command ended.
     *
     * @return one of the records in {@link Outcome}
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Returns the exit code, however the command ended.
     *
     * @return 0 to 255
     * @throws IllegalStateException if there is none or it is not known, because the command timed out, for example
     */
    public int exitCode() {
        return outcome.exitCode()
                .orElseThrow(() -> new IllegalStateException("There is no exit code: " + this));
    }

    /**
     * Returns the signal that the exit code stands for: shells report the end by signal number <i>n</i> as 128 +
     * <i>n</i>. A program can also exit with such a code by itself.
     *
     * @return the name on Linux, {@code "KILL"} for 137; empty without an exit code or with one that stands for no
     *     signal
     */
    public Optional<String> signal() {
        return outcome.exitCode().isPresent() ? Signals.of(outcome.exitCode().getAsInt()) : Optional.empty();
    }

    /**
     * Whether the command itself ended with code 0 and all its output was kept.
     *
     * @return true for {@link Outcome.Exited} with code 0, false for every other outcome
     */
    public boolean succeeded() {
        return outcome instanceof Outcome.Exited exited && exited.code() == 0;
    }

    /**
     * Returns what the command wrote to stdout, as UTF-8 text.
     *
     * @return the text, nothing trimmed; see {@link Output#text()}
     */
    public String stdout() {
        return stdout.text();
    }

    /**
     * Returns the lines that the command wrote to stdout, as UTF-8 text.
     *
     * @return the lines without their line feeds; see {@link Output#lines()}
     */
    public List<String> stdoutLines() {
        return stdout.lines();
    }

    /**
     * Returns what the command wrote to stdout, to the byte.
     *
     * @return a copy of the bytes that were kept
     */
    public byte[] stdoutBytes() {
        return stdout.bytes();
    }

    /**
     * Returns what the command wrote to stderr, as UTF-8 text.
     *
     * @return the text, nothing trimmed; see {@link Output#text()}
     */
    public String stderr() {
        return stderr.text();
    }

    /**
     * Returns the lines that the command wrote to stderr, as UTF-8 text.
     *
     * @return the lines without their line feeds; see {@link Output#lines()}
     */
    public List<String> stderrLines() {
        return stderr.lines();
    }

    /**
     * Returns what the command wrote to stderr, to the byte.
     *
     * @return a copy of the bytes that were kept
     */
    public byte[] stderrBytes() {
        return stderr.bytes();
    }

    /**
     * Returns what the command wrote to one stream, with its length and whether it was truncated.
     *
     * @param stream which of the two
     * @return the output of that stream
     */
    public Output output(StandardStream stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    /**
     * Returns how long the command took.
     *
     * @return the time from the request to the end, as seen from this JVM
     */
    public Duration duration() {
        return duration;
    }

    /**
     * Returns where the command ran.
     *
     * @return the directory at its start, an absolute path: the shell's, or the {@link Command#directory(String)
     *     command's own}
     */
    public String directory() {
        return directory;
    }

    /**
     * Returns why the command had another shell than the sandbox's first, and so found no directory, variables or
     * functions from before.
     *
     * @return the last command that ended a shell and how, for example <code>`count` timed out after 30 s</code>; empty
     *     if none has since the sandbox was opened or reset
     */
    public Optional<String> shellRestart() {
        return Optional.ofNullable(shellRestart);
    }

    /**
     * Returns the limits of the sandbox that the command ran in.
     *
     * @return the sandbox's limits, not those of the command alone
     */
    public ResourceLimits limits() {
        return limits;
    }

    /**
     * Returns what the sandbox used for the command: CPU time, memory, and what it tried to send. If that has not been
     * read yet, it is read now, which waits for the shell's turn.
     *
     * <p>The kernel's counters are read when they are asked for only, by this method, {@link Shell#usage()} or an
     * assertion, so that a command costs nothing for it. What is returned is the difference between the last reading
     * before the command and the first one after it, and so covers all that the sandbox {@linkplain Usage#activities()
     * did between these}. With {@code usage = EACH_COMMAND} there is a reading before and after each command.
     *
     * @return the same figures each time; unknown ones if the sandbox was reset, closed or lost before it was read
     * @throws SandboxInterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if called by an {@link OutputListener} of the same shell
     */
    public Usage usage() {
        return usage.read();
    }

    /**
     * Returns texts for a message or a report, as {@link Shell#masked} of the shell that ran the command: with the
     * secrets masked that are known by now. The result itself is what it is: its text and bytes are not masked.
     *
     * @param texts what may have secrets in it
     * @return the texts in the same order
     */
    public List<String> masked(List<String> texts) {
        return mask.apply(texts);
    }

    @Nullable UsageWindow usageWindow() {
        return usage.window();
    }

    /**
     * Returns the command, as {@link Command#toString()} has it, and its outcome.
     *
     * @return for example <code>`false` exited with code 1</code>
     */
    @Override
    public String toString() {
        return "`" + command + "` " + outcome;
    }
}
