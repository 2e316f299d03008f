package org.junitsandbox.shell;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A shell in a container of its own. Commands run one after the other as if typed at its prompt: directory, variables
 * and functions last from one to the next, and each starts with fresh standard streams.
 *
 * <p>Paths in the sandbox are absolute or relative to the shell's directory. Files are copied by the image's own
 * programs: {@code cat}, {@code chmod}, {@code mkdir}, {@code stat}, {@code readlink}, and for directories {@code tar}
 * and {@code head}. Copying in makes missing parent directories and replaces a file that exists.
 *
 * <p>Safe for use by several threads: calls queue up and never mix. The shell has its container until it is closed;
 * when this JVM ends, in whatever way, the container goes.
 *
 * <p>Every method that needs the container throws {@link SandboxLostException} if the container or its engine is gone,
 * {@link SandboxInterruptedException} if its thread is interrupted, {@link IllegalStateException} after
 * {@link #close()} and {@link IllegalArgumentException} if a path or a text for the shell has a NUL character.
 *
 * <p>JUnit injects one where {@code org.junitsandbox.Sandbox} annotates a parameter of this type, or its method or
 * class. Without that, it fails with "No ParameterResolver registered".
 *
 * @since 0.1
 */
public final class Shell extends ShellFiles implements AutoCloseable {

    private final SessionFactory sessions;
    private final Borrower borrower;
    private final Runnable atEnd;
    private final SessionTurns turns;
    private final AsyncCommands asyncCommands;
    private final TranscriptRecorder recorder;
    private volatile @Nullable Checkpoint checkpoint;

    /**
     * @param sessions provides new sessions for resets; closed with the shell
     * @param atEnd runs when the shell has been closed
     */
    Shell(SessionFactory sessions, Borrower borrower, Session first, Runnable atEnd) {
        this(sessions, borrower, new SessionTurns(first, new TranscriptRecorder()), atEnd);
    }

    private Shell(SessionFactory sessions, Borrower borrower, SessionTurns turns, Runnable atEnd) {
        super(turns, turns.recorder());
        this.recorder = turns.recorder();
        this.sessions = sessions;
        this.borrower = borrower;
        this.turns = turns;
        this.asyncCommands = new AsyncCommands(turns);
        this.atEnd = atEnd;
    }

    /**
     * Opens a shell in a new container. Its image is pulled, built or set up first if necessary. Where many shells are
     * opened, {@link SandboxPool} has their containers ready before and bounds how many there are.
     *
     * @param spec describes the sandbox
     * @return a shell to be closed by the caller
     * @throws IllegalArgumentException if a limit does not fit into the memory limit; see {@link
     *     org.junitsandbox.spec.ResourceLimits}
     * @throws EngineUnavailableException if no container engine answers
     * @throws ImageException if the image cannot be obtained or used
     * @throws EngineFailureException if the engine does not start the container
     * @throws LimitNotEnforcedException if a limit does not hold or cannot be checked; see {@link LimitCheck}
     * @throws SandboxInterruptedException if the calling thread is interrupted
     */
    public static Shell open(SandboxSpec spec) {
        return open(spec, Engines.shared());
    }

    static Shell open(SandboxSpec spec, ContainerEngine engine) {
        ContainerPool pool = new ContainerPool(engine, Session.WORK, OptionalInt.empty(), Integer.MAX_VALUE, false);
        try {
            SessionFactory sessions = SessionFactory.from(pool, engine, spec);
            Borrower borrower = Borrower.current();
            return new Shell(sessions, borrower, sessions.take(borrower, 0), pool::close);
        } catch (RuntimeException | Error e) {
            pool.closeAfterFailure();
            throw e;
        }
    }

    /**
     * Returns the description that the sandbox was made from.
     *
     * @return what the shell was opened with
     */
    @Override
    public SandboxSpec spec() {
        return sessions.spec();
    }

    /**
     * Returns which limits of the container do not hold or cannot be checked, and why.
     *
     * @return one line for each; always empty unless the spec has {@link LimitCheck#WARN}, as no such shell is opened
     *     otherwise
     */
    @Override
    public List<String> limitWarnings() {
        return turns.session().limitWarnings();
    }

    /**
     * Returns what the sandbox has used since it was handed out: opened, or reset last. The kernel's counters are read
     * now. So {@link CommandResult#usage()} of the next command covers that command and what follows, but nothing
     * before.
     *
     * @return what all commands, copies and processes in the background have used together
     */
    @Override
    public Usage usage() {
        return new UsageReader(turns).total();
    }

    /**
     * Runs shell source text and waits for its end.
     *
     * @param text the source text: pipes, redirections, several lines
     * @return how it ended and what it wrote
     */
    public CommandResult run(String text) {
        return run(Command.of(text));
    }

    /**
     * Runs a program and waits for its end. Each argument is quoted, so that nothing in it has a meaning for the shell.
     *
     * @param program a program's name or path
     * @param arguments its arguments
     * @return how it ended and what it wrote
     */
    public CommandResult run(String program, String... arguments) {
        return run(Command.of(program, arguments));
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param command the command with its stdin, limits and listener
     * @return how it ended and what it wrote
     * @throws IllegalArgumentException if the command's stdin exceeds the sandbox's limit, or its directory cannot be
     *     entered
     * @throws TransferException if the file for its stdin cannot be read
     */
    public CommandResult run(Command command) {
        Activity activity = Activity.running(command);
        return turns.take(activity, session -> run(session, activity, command));
    }

    private CommandResult run(Session session, Activity activity, Command command) {
        return recorder.record(command, record -> CommandRun.run(turns, session, activity, command, record));
    }

    /**
     * Runs shell source text in the background; see {@link #runAsync(Command)}.
     *
     * @param text the source text
     * @return how it ended and what it wrote, when it has ended
     */
    public CompletableFuture<CommandResult> runAsync(String text) {
        return runAsync(Command.of(text));
    }

    /**
     * Runs a command in the background. It has its turn among all calls on this shell in the order of the calls: what
     * is called later waits for its end, a {@link #run(Command)}, a copy or a {@link #reset()} as well.
     *
     * <p>Cancelling the future ends the command: it does not start, or every process in the sandbox is killed, as at a
     * time limit. Files are kept; the next command runs in a new shell. What is chained to it may use the shell.
     *
     * @param command the command
     * @return how it ended and what it wrote, when it has ended; fails with what {@link #run(Command)} throws
     */
    public CompletableFuture<CommandResult> runAsync(Command command) {
        Activity activity = Activity.running(command);
        return asyncCommands.run(activity, session -> run(session, activity, command));
    }

    /**
     * Starts shell source text in the background, for as long as the sandbox lasts or until it ends.
     *
     * @param text the source text
     * @return the program, to wait for it and to stop it
     * @throws BackgroundProgramException if it cannot be started
     */
    public BackgroundProgram start(String text) {
        return start(Command.of(text));
    }

    /**
     * Starts a command in the background, for as long as the sandbox lasts or until it ends.
     *
     * @param command the command, without stdin, time limit and listener
     * @return the program, to wait for it and to stop it
     * @throws IllegalArgumentException if the command has one of these
     * @throws BackgroundProgramException if it cannot be started
     */
    public BackgroundProgram start(Command command) {
        command.secrets().forEach(this::mask);
        return recorder.record(
                TranscriptEvent.Kind.START, command.text(), () -> BackgroundProgram.start(turns, command));
    }

    /**
     * Returns the processes that commands have left in the sandbox, whether they run, sleep or were stopped. Left out
     * are those of the sandbox itself, which its shell is one of, and programs that {@link #start(Command)} started,
     * with all that descends from them as long as their main process runs. What has ended is left out unless its parent
     * is in the list. Read by {@code od}, which the image needs.
     *
     * @return the processes by their ids, unmodifiable; one that ends meanwhile may be missing
     * @throws TransferException if {@code od} cannot be run, because the limit of processes is reached, for example
     */
    public List<SandboxProcess> processes() {
        Activity activity = Activity.listingProcesses();
        return turns.take(activity, session -> LeftoverProcesses.find(session, activity));
    }

    /**
     * Returns what background processes have written to the sandbox's stdout and stderr while no command ran. What they
     * write during a command counts as that command's output. All that was written before this call is there; after a
     * {@link #reset()} it starts empty.
     *
     * @return all since the shell was opened or reset, up to 64 KiB of each stream
     */
    public StrayOutput strayOutput() {
        Activity activity = Activity.receivingStrayOutput();
        return turns.take(activity, session -> session.strayOutput(activity));
    }

    /**
     * Keeps the files of {@code /work}, as they are now, for each {@link #reset()} from now on. So tests can begin with
     * what one of them has made once:
     *
     * <pre>{@code
     * @BeforeAll
     * static void prepare(Shell shell) { // with reset = CLASS
     *     shell.run("git init project && ...");
     *     shell.checkpoint();
     * }
     *
     * @BeforeEach
     * void clean(Shell shell) {
     *     shell.reset();
     * }
     * }</pre>
     *
     * <p>Modes, times and links are kept; processes, other places and the shell's directory, variables and functions
     * are not. The files are as trustworthy as the commands that ran before: take it before those that are not trusted.
     * They are kept in this JVM's memory. A later checkpoint takes the place of an earlier one.
     *
     * @throws TransferException if the files cannot be read, or are larger than {@link
     *     org.junitsandbox.spec.ResourceLimits#inputBytes()}
     */
    public void checkpoint() {
        Activity activity = Activity.checkpointing();
        checkpoint = turns.take(activity, session -> recorder.record(
                TranscriptEvent.Kind.CHECKPOINT, "", () -> Checkpoint.take(new OwnCommands(session, activity))));
    }

    /**
     * Replaces the container by a clean one, as the shell was when it was opened: one that was cleaned in place and is
     * proven clean, or a new one from the same image. From the first reset on, the next container is made ready while
     * this one is in use. With a {@link #checkpoint()}, its files are there again.
     *
     * @throws TransferException if the files of a checkpoint cannot be written; the shell is lost then
     * @throws EngineFailureException if the engine does not start a new container; calling this method again tries
     *     again
     */
    public void reset() {
        turns.replace(
                Activity.resetting(),
                "its container was removed at a reset, which then failed.",
                () -> recorder.record(TranscriptEvent.Kind.RESET, "", this::cleanSession));
    }

    private Session cleanSession() {
        Session session = sessions.take(borrower, Integer.MAX_VALUE);
        Checkpoint kept = checkpoint;
        if (kept != null) {
            try {
                kept.restore(new OwnCommands(session, Activity.resetting()));
            } catch (RuntimeException | Error e) {
                session.close();
                throw e;
            }
        }
        return session;
    }

    /**
     * Whether a call would have to wait, because another one is running or waiting for its turn: a command of {@link
     * #runAsync(Command)}, for example.
     *
     * @return what holds in this moment
     */
    public boolean isBusy() {
        return turns.areTaken();
    }

    /**
     * Removes the container. A command that is running ends with an {@link IllegalStateException} in its caller. The
     * container of a shell from a {@link SandboxPool} goes back to the pool. Closing again has no effect.
     */
    @Override
    public void close() {
        turns.close(() -> {
            asyncCommands.close();
            // No more are expected then, so that the container is not cleaned for another use where nobody waits.
            sessions.close();
        });
        atEnd.run();
    }
}
