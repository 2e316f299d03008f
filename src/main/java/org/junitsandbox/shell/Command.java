package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.internal.text.SizeRange;
import org.junitsandbox.internal.text.SourceText;
import org.junitsandbox.internal.text.Units;

/**
 * A command for a shell, and how to run it. Immutable; the methods of a setting's name return a changed copy.
 *
 * <p>A command with an environment or a directory of its own runs in a subshell: what it changes in the shell
 * (directory, variables, functions) ends with it.
 *
 * @since 0.1
 */
public final class Command {

    private final String text;
    private final @Nullable Input input;
    private final @Nullable Duration timeLimit;
    private final @Nullable Long outputLimit;
    private final Map<String, String> environment;
    private final @Nullable String directory;
    private final @Nullable OutputListener listener;

    /** The stdin of a command. */
    sealed interface Input {}

    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Bytes(byte[] bytes) implements Input {}

    record File(Path path) implements Input {}

    private Command(
            String text,
            @Nullable Input input,
            @Nullable Duration timeLimit,
            @Nullable Long outputLimit,
            Map<String, String> environment,
            @Nullable String directory,
            @Nullable OutputListener listener) {
        this.text = text;
        this.input = input;
        this.timeLimit = timeLimit;
        this.outputLimit = outputLimit;
        this.environment = environment;
        this.directory = directory;
        this.listener = listener;
    }

    /**
     * Shell source text, as one would type it: pipes, redirections, several lines.
     *
     * @throws IllegalArgumentException if it holds a NUL character
     */
    public static Command of(String text) {
        return new Command(SourceText.check(text, "The command"), null, null, null, Map.of(), null, null);
    }

    /**
     * A program and its arguments, each passed to the letter: nothing in them means anything to the shell.
     *
     * @throws IllegalArgumentException if one holds a NUL character
     */
    public static Command of(String program, String... arguments) {
        return of(ShellWord.join(program, arguments));
    }

    /** Gives it stdin, in place of {@code /dev/null}. */
    public Command stdin(byte[] bytes) {
        return new Command(text, new Bytes(bytes.clone()), timeLimit, outputLimit, environment, directory, listener);
    }

    /** Gives it stdin, as UTF-8. */
    public Command stdin(String input) {
        return stdin(input.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives it a file of this machine as stdin; it is read when the command is run. */
    public Command stdin(Path file) {
        return new Command(text, new File(file), timeLimit, outputLimit, environment, directory, listener);
    }

    /**
     * Limits its time, in place of the sandbox's limit.
     *
     * @param limit more than 0
     */
    public Command timeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "The time limit is " + Units.describe(limit) + ": expected more than 0 s");
        }
        return new Command(text, input, limit, outputLimit, environment, directory, listener);
    }

    /**
     * Limits its time, in place of the sandbox's limit.
     *
     * @param limit for example {@code "5s"}
     */
    public Command timeLimit(String limit) {
        return timeLimit(Units.duration(limit));
    }

    /**
     * Limits the output that is kept, per stream, in place of the sandbox's limit. The rest is read and dropped, and
     * the outcome is {@link Outcome.OutputLimited}.
     *
     * @param size for example {@code "1MiB"}, at most 1 GiB
     */
    public Command outputLimit(String size) {
        long bytes = Units.bytes(size);
        SizeRange.OUTPUT.check("The output limit", bytes);
        return new Command(text, input, timeLimit, bytes, environment, directory, listener);
    }

    /** Sets an environment variable for this command alone. */
    public Command environment(String name, String value) {
        SourceText.checkVariable(name, value);
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new Command(text, input, timeLimit, outputLimit, all, directory, listener);
    }

    /**
     * Runs this command alone in another directory.
     *
     * @param path absolute or relative to the shell's directory
     */
    public Command directory(String path) {
        return new Command(
                text, input, timeLimit, outputLimit, environment, SourceText.check(path, "The directory"), listener);
    }

    /** Has output told as it comes; it is in the result all the same. */
    public Command onOutput(OutputListener outputListener) {
        return new Command(
                text,
                input,
                timeLimit,
                outputLimit,
                environment,
                directory,
                Objects.requireNonNull(outputListener, "outputListener"));
    }

    /** The shell source text. */
    public String text() {
        return text;
    }

    @Nullable Input input() {
        return input;
    }

    Duration timeLimitOr(Duration otherwise) {
        return timeLimit == null ? otherwise : timeLimit;
    }

    long outputLimitOr(long otherwise) {
        return outputLimit == null ? otherwise : outputLimit;
    }

    @Nullable String directory() {
        return directory;
    }

    @Nullable OutputListener listener() {
        return listener;
    }

    /** What the shell is given: the text, in a subshell with its own directory and environment where it has such. */
    String source() {
        if (directory == null && environment.isEmpty()) {
            return text;
        }
        StringBuilder source = new StringBuilder("(\n");
        environment.forEach((name, value) ->
                source.append("export ").append(name).append('=').append(ShellWord.quote(value)).append('\n'));
        if (directory != null) {
            source.append("\\command cd -- ").append(ShellWord.quote(directory)).append(" || exit\n");
        }
        return source.append("\\command eval ").append(ShellWord.quote(text)).append("\n)").toString();
    }

    /** The shell source text. */
    @Override
    public String toString() {
        return text;
    }
}
