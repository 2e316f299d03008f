package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.SizeRange;
import org.junitsandbox.internal.text.SourceText;
import org.junitsandbox.internal.text.Units;

/**
 * A command for a shell, and how to run it. Immutable, so safe for use by several threads; each method that is named
 * after a setting returns a changed copy.
 *
 * <p>A command with an environment or a directory of its own runs in a subshell: what it changes in the shell
 * (directory, variables, functions) ends with it.
 *
 * @since 0.1
 */
public final class Command {

    private final String text;
    private final CommandSettings settings;

    private Command(String text, CommandSettings settings) {
        this.text = text;
        this.settings = settings;
    }

    private Command with(Consumer<CommandSettings> change) {
        CommandSettings changed = settings.copy();
        change.accept(changed);
        return new Command(text, changed);
    }

    /**
     * Makes a command of shell source text, as typed at a prompt: pipes, redirections, several lines.
     *
     * @param text the source text
     * @return a command with the sandbox's limits and without stdin
     * @throws IllegalArgumentException if the text has a NUL character or half a surrogate pair
     */
    public static Command of(String text) {
        return new Command(SourceText.check(text, "The command"), new CommandSettings());
    }

    /**
     * Makes a command of a program and its arguments. Each is quoted, so that nothing in them has a meaning for the
     * shell.
     *
     * @param program a program's name or path
     * @param arguments its arguments
     * @return a command with the sandbox's limits and without stdin
     * @throws IllegalArgumentException if one of them has a NUL character or half a surrogate pair
     */
    public static Command of(String program, String... arguments) {
        return of(ShellWord.join(program, arguments));
    }

    /**
     * Makes a command of a script of this machine and its arguments: {@code $1} and so on, {@code $0} is the file's
     * name. It is run in a process of its own, by the shell that its first line names ({@code #!/bin/bash -e}) or by
     * {@code sh}, and no file of it is in the sandbox. The script is the command's text, in transcripts, too.
     *
     * @param file the script, at most 128 KiB, read now; for larger ones, and those of other programs, use {@link
     *     Shell#copyIn(Path, String)}
     * @param arguments its arguments
     * @return a command with the sandbox's limits and without stdin
     * @throws IllegalArgumentException if it is larger, has a NUL, or its first line names another program than a shell
     * @throws TransferException if the file cannot be read
     */
    public static Command script(Path file, String... arguments) {
        return of(ScriptFile.read(file).command(arguments));
    }

    /**
     * Sets the command's stdin, in place of {@code /dev/null}.
     *
     * @param bytes what the command reads; at most the sandbox's limit for input, which is checked when it is run
     * @return a changed copy
     */
    public Command stdin(byte[] bytes) {
        Stdin stdin = new Stdin.Bytes(bytes.clone());
        return with(settings -> settings.stdin = stdin);
    }

    /**
     * Sets the command's stdin, in place of {@code /dev/null}.
     *
     * @param input what the command reads, as UTF-8; at most the sandbox's limit for input, which is checked when it is
     *     run
     * @return a changed copy
     */
    public Command stdin(String input) {
        return stdin(input.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets the command's stdin to the content of a file of this machine, in place of {@code /dev/null}.
     *
     * @param file the file; it is read when the command is run, which fails with a {@link TransferException} if that is
     *     not possible
     * @return a changed copy
     */
    public Command stdin(Path file) {
        Stdin stdin = new Stdin.File(file);
        return with(settings -> settings.stdin = stdin);
    }

    /**
     * Sets the time that the command may take, in place of the sandbox's limit. When it is over, every process in the
     * sandbox is killed, and the outcome is {@link Outcome.TimedOut}.
     *
     * @param limit more than 0
     * @return a changed copy
     * @throws IllegalArgumentException if the limit is 0 or negative
     */
    public Command timeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "The time limit is " + Units.describe(limit) + ": expected more than 0 s");
        }
        return with(settings -> settings.timeLimit = limit);
    }

    /**
     * Sets the time that the command may take; see {@link #timeLimit(Duration)}.
     *
     * @param limit a number with ns, us, ms, s, m or h, for example {@code "5s"}
     * @return a changed copy
     * @throws IllegalArgumentException if the limit is not a duration above 0
     */
    public Command timeLimit(String limit) {
        return timeLimit(Units.duration(limit));
    }

    /**
     * Sets how much output is kept of each stream, in place of the sandbox's limit. The rest is read and dropped, and
     * the outcome is {@link Outcome.OutputLimited}.
     *
     * @param size a number with B, KiB, MiB, GiB, kB, MB or GB, for example {@code "1MiB"}; from 0, for none,
     *     to 1 GiB
     * @return a changed copy
     * @throws IllegalArgumentException if the size is not such a number or out of range
     */
    public Command outputLimit(String size) {
        long bytes = Units.bytesOrNone(size);
        SizeRange.OUTPUT.check("The output limit", bytes);
        return with(settings -> settings.outputLimitBytes = bytes);
    }

    /**
     * Ends the command as soon as it has written more to a stream than is kept. Otherwise the rest is read and dropped,
     * so that a command such as {@code yes} runs up to its time limit. Every process in the sandbox is killed then, and
     * the outcome is {@link Outcome.OutputExceeded}.
     *
     * @return a changed copy
     */
    public Command endAtOutputLimit() {
        return with(settings -> settings.endsAtOutputLimit = true);
    }

    /**
     * Sets an environment variable, for this command only.
     *
     * @param name letters, digits and underscores, not starting with a digit
     * @param value its value
     * @return a changed copy
     * @throws IllegalArgumentException if the name is not one that a shell can set, or the value has a NUL character or
     *     half a surrogate pair
     */
    public Command environment(String name, String value) {
        SourceText.checkVariable(name, value);
        return with(settings -> settings.environment.put(name, value));
    }

    /**
     * Sets an environment variable, for this command only, whose value transcripts and messages of failed assertions do
     * not show: when the command is run, the value is a secret of its shell, as by {@link Shell#mask}.
     *
     * @param name letters, digits and underscores, not starting with a digit
     * @param value its value, not empty
     * @return a changed copy
     * @throws IllegalArgumentException if the name is not one that a shell can set, or the value is empty, has a NUL
     *     character or half a surrogate pair
     */
    public Command secretEnvironment(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The secret value of " + name + " is empty");
        }
        return environment(name, value).with(settings -> settings.secrets.add(value));
    }

    /**
     * Sets the directory in which the command runs, for this command only.
     *
     * @param path absolute or relative to the shell's directory; running the command fails with an {@link
     *     IllegalArgumentException} if it cannot be entered
     * @return a changed copy
     * @throws IllegalArgumentException if the path has a NUL character or half a surrogate pair
     */
    public Command directory(String path) {
        SourceText.check(path, "The directory");
        return with(settings -> settings.directory = path);
    }

    /**
     * Passes output to a listener as it is written. It is in the result as well.
     *
     * @param listener receives the output, in place of a listener that was set before
     * @return a changed copy
     */
    public Command onOutput(OutputListener listener) {
        Objects.requireNonNull(listener, "listener");
        return with(settings -> settings.listener = () -> listener);
    }

    /**
     * Passes each line of output to a listener when it has ended, as UTF-8 text without its line feed; the last one, if
     * it has no line feed, when the command has ended. A line of more than 1 MiB comes in pieces of that size. What
     * {@link OutputListener} describes holds for this listener, too.
     *
     * @param listener receives the lines, in place of a listener that was set before
     * @return a changed copy
     */
    public Command onLine(BiConsumer<StandardStream, String> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(settings -> settings.listener = () -> new LineListener(listener));
    }

    /**
     * Returns the shell source text.
     *
     * @return the text that the command was made of, or the quoted program and arguments
     */
    public String text() {
        return text;
    }

    @Nullable Stdin stdin() {
        return settings.stdin;
    }

    boolean hasTimeLimit() {
        return settings.timeLimit != null;
    }

    Duration timeLimitOr(Duration otherwise) {
        return settings.timeLimit == null ? otherwise : settings.timeLimit;
    }

    long outputLimitOr(long otherwise) {
        return settings.outputLimitBytes == null ? otherwise : settings.outputLimitBytes;
    }

    boolean endsAtOutputLimit() {
        return settings.endsAtOutputLimit;
    }

    @Nullable String directory() {
        return settings.directory;
    }

    Map<String, String> environment() {
        return settings.environment;
    }

    Set<String> secrets() {
        return settings.secrets;
    }

    /** Returns the listener for one run of the command. */
    @Nullable OutputListener listener() {
        return settings.listener == null ? null : settings.listener.get();
    }

    /** Source text that gives the command an environment and a directory of its own; empty if it has neither. */
    String setup() {
        List<String> steps = new ArrayList<>();
        settings.environment.forEach(
                (name, value) -> steps.add("\\command export " + name + "=" + ShellWord.quote(value)));
        if (settings.directory != null) {
            steps.add("\\command cd -- " + SandboxPath.quote(settings.directory));
        }
        return String.join(" && ", steps);
    }

    /** Source text for a subshell of the command's own: its setup, then its text. */
    String source() {
        String setup = setup();
        return setup.isEmpty() ? text : setup + " || \\command exit\n\\command eval " + ShellWord.quote(text);
    }

    /**
     * Returns the shell source text for messages: on one line, with control characters and the like escaped, and of a
     * long one only the beginning and the end.
     *
     * @return not always {@link #text()}
     */
    @Override
    public String toString() {
        return Excerpt.line(text);
    }
}
