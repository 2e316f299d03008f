package org.junitsandbox.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;

/**
 * A program that runs in the background of a sandbox, a server for example, while the shell runs other commands.
 * {@link Shell#start(String)} starts one.
 *
 * <pre>{@code
 * BackgroundProgram server = shell.start("python3 -m http.server 8080").awaitPort(8080, Duration.ofSeconds(10));
 * assertThat(shell.run("curl -s localhost:8080/")).succeeded();
 * server.stop();
 * }</pre>
 *
 * <p>It begins with the shell's directory, variables and functions, and with an empty stdin. Of each of its streams the
 * first part is kept, up to the command's output limit, in a directory in {@code /tmp}, and counts towards the limits
 * on {@code tmp} and memory. Its processes count towards those of the sandbox. It ends by itself, by {@link #stop()},
 * with a command that times out, which ends all processes, and at the latest when the sandbox is reset or closed.
 *
 * <p>Safe for use by several threads. Its methods take turns with the shell's commands. They throw what those of
 * {@link Shell} throw.
 *
 * @since 0.1
 */
public final class BackgroundProgram implements AutoCloseable {

    /** How long a program may take to end after SIGTERM, and what is left of it after SIGKILL. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** How long output may take from a program that has ended to where it is kept. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

    private static final int MAX_PAUSE_MILLIS = 50;

    private final SessionTurns turns;
    private final Session session;
    private final Command command;
    private final ProgramFiles files;

    private BackgroundProgram(SessionTurns turns, Session session, Command command, ProgramFiles files) {
        this.turns = turns;
        this.session = session;
        this.command = command;
        this.files = files;
    }

    static BackgroundProgram start(SessionTurns turns, Command command) {
        if (command.stdin() != null || command.listener() != null || command.hasTimeLimit()) {
            throw new IllegalArgumentException("`" + command + "` cannot be started in the background with a stdin, a"
                    + " listener or a time limit: leave them out");
        }
        return turns.take(
                Activity.starting(command),
                session -> new BackgroundProgram(turns, session, command, ProgramFiles.start(turns, session, command)));
    }

    /**
     * Returns the command that was started.
     *
     * @return the very command that the shell was given
     */
    public Command command() {
        return command;
    }

    /**
     * Whether it runs.
     *
     * @return false when its main process has ended, or all processes of the sandbox were killed
     */
    public boolean isRunning() {
        return state().isRunning();
    }

    /**
     * Returns the exit code of its main process.
     *
     * @return 0 to 255; empty while it runs, and if it was killed together with all processes of the sandbox
     */
    public OptionalInt exitCode() {
        return state().exitCode();
    }

    /**
     * Returns what it has written to stdout so far, as UTF-8 text; see {@link #output}.
     *
     * @return the text, nothing trimmed, up to the output limit
     */
    public String stdout() {
        return output(StandardStream.STDOUT).text();
    }

    /**
     * Returns what it has written to stderr so far, as UTF-8 text; see {@link #output}.
     *
     * @return the text, nothing trimmed, up to the output limit
     */
    public String stderr() {
        return output(StandardStream.STDERR).text();
    }

    /**
     * Returns what it has written to one stream so far. Each stream is kept by a process of its own: while the program
     * runs, what it wrote to one may come a moment later than what it wrote to the other.
     *
     * @param stream which of the two
     * @return the first part, up to the output limit; {@link Output#isTruncated()} if there was more
     */
    public Output output(StandardStream stream) {
        return inSession(current -> files.output(current, stream)).orElse(Output.NOTHING);
    }

    /**
     * Waits until it has written a line that contains a text, to stdout or to stderr.
     *
     * @param part what the line contains; the line may go on later
     * @param timeout how long to wait at most
     * @return this program
     * @throws BackgroundProgramException if it ends without such a line, or the time is up
     * @throws SandboxInterruptedException if the calling thread is interrupted; the program goes on
     */
    public BackgroundProgram awaitLine(String part, Duration timeout) {
        return await("a line with \"" + Excerpt.line(part) + "\"", timeout, current -> files.hasLine(current, part));
    }

    /**
     * Waits until a process of the sandbox listens on a TCP port.
     *
     * @param port 1 to 65535
     * @param timeout how long to wait at most
     * @return this program
     * @throws BackgroundProgramException if the program ends before, or the time is up
     * @throws SandboxInterruptedException if the calling thread is interrupted; the program goes on
     */
    public BackgroundProgram awaitPort(int port, Duration timeout) {
        return await("TCP port " + port, timeout, current -> files.isListening(current, port));
    }

    /**
     * Waits until its main process has ended.
     *
     * @param timeout how long to wait at most
     * @return its exit code, 0 to 255; empty if it was killed together with all processes of the sandbox
     * @throws BackgroundProgramException if the time is up
     * @throws SandboxInterruptedException if the calling thread is interrupted; the program goes on
     */
    public OptionalInt awaitEnd(Duration timeout) {
        if (!poll(timeout, () -> !state().isRunning())) {
            throw failure("did not end within " + Units.describe(timeout));
        }
        poll(DRAIN_TIMEOUT, () -> state().isDrained());
        return exitCode();
    }

    /**
     * Ends it: its processes get SIGTERM, and what is left of them after 5 s SIGKILL. Has no effect when it has ended.
     * Not found are processes that have detached themselves, as daemons do; a reset ends them.
     *
     * @throws BackgroundProgramException if it cannot be ended
     */
    public void stop() {
        if (isRunning()) {
            signal("TERM");
            if (!poll(STOP_TIMEOUT, () -> !state().isRunning())) {
                signal("KILL");
                awaitEnd(STOP_TIMEOUT);
            }
        }
    }

    /** Does what {@link #stop()} does, and nothing if the shell is closed. */
    @Override
    public void close() {
        if (!turns.isClosed()) {
            stop();
        }
    }

    private void signal(String name) {
        inSession(current -> {
            files.signal(current, name);
            return true;
        });
    }

    private BackgroundProgram await(String what, Duration timeout, Function<OwnCommands, Boolean> condition) {
        boolean[] found = {false};
        poll(timeout, () -> {
            // In this order, as it may end between the two.
            boolean mayFollow = !state().isDrained();
            found[0] = inSession(condition).orElse(false);
            return found[0] || !mayFollow;
        });
        if (!found[0]) {
            ProgramFiles.State state = state();
            throw failure(
                    state.isRunning()
                            ? "did not come to " + what + " within " + Units.describe(timeout)
                            : "ended " + state.describe() + " before it came to " + what);
        }
        return this;
    }

    private BackgroundProgramException failure(String what) {
        return new BackgroundProgramException("The background program `" + command + "` " + what + ".\nIts stdout ends"
                + " with:" + tail(StandardStream.STDOUT) + "\nIts stderr ends with:" + tail(StandardStream.STDERR));
    }

    private String tail(StandardStream stream) {
        String text = output(stream).text();
        return text.isEmpty() ? " (nothing)" : Tail.of(text).lines();
    }

    private ProgramFiles.State state() {
        return inSession(files::state).orElse(ProgramFiles.State.GONE);
    }

    /** Looks after it, if the container is still the one in which it was started. */
    private <T> Optional<T> inSession(Function<OwnCommands, T> use) {
        Activity activity = Activity.watching(command);
        return turns.take(
                activity,
                current -> current == session
                        ? Optional.of(use.apply(new OwnCommands(current, activity)))
                        : Optional.empty());
    }

    /** Waits for a condition, which is looked at more and more seldom; returns whether it came true in time. */
    private boolean poll(Duration timeout, BooleanSupplier condition) {
        long start = System.nanoTime();
        int pauseMillis = 1;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start >= timeout.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(pauseMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SandboxInterruptedException("Interrupted while waiting for `" + command + "`", e);
            }
            pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
        }
        return true;
    }

    /**
     * Returns the command, as {@link Command#toString()} has it.
     *
     * @return for example {@code python3 -m http.server 8080}
     */
    @Override
    public String toString() {
        return command.toString();
    }
}
