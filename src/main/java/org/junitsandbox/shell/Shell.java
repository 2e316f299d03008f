package org.junitsandbox.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.internal.text.SourceText;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A shell in a container of its own. Commands run one after the other as if typed at its prompt: directory, variables
 * and functions last from one to the next, and each starts with fresh standard streams.
 *
 * <p>Safe for use by several threads: calls queue up and never mix. The container goes when the shell is closed, and
 * also when this JVM ends in whatever way.
 *
 * <p>Every method that talks to the container throws {@link SandboxLostException} when the container or its engine has
 * gone, {@link SandboxInterruptedException} when its thread is interrupted, and {@link IllegalStateException} after
 * {@link #close()}.
 *
 * @since 0.1
 */
public final class Shell implements AutoCloseable {

    /** How long the thread of {@link #runAsync} outlives its last command. */
    private static final int ASYNC_KEEP_ALIVE_SECONDS = 1;

    private final SessionFactory sessions;
    private final Borrower borrower;
    private final Runnable atEnd;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ExecutorService asyncCommands = asyncCommands();

    private volatile Session session;
    private volatile boolean closed;

    /**
     * @param sessions where it gets its sessions from at a reset; closed with it
     * @param atEnd what to do when it has been closed
     */
    Shell(SessionFactory sessions, Borrower borrower, Session first, Runnable atEnd) {
        this.sessions = sessions;
        this.borrower = borrower;
        this.session = first;
        this.atEnd = atEnd;
    }

    /**
     * Opens a shell in a new container. Its image is pulled, built or set up first where it must be.
     *
     * @throws EngineUnavailableException if no container engine answers
     * @throws ImageException if the image cannot be had or cannot be used
     * @throws EngineFailureException if the engine does not start the container
     * @throws LimitNotEnforcedException if a limit does not hold or cannot be checked; see {@link LimitCheck}
     */
    public static Shell open(SandboxSpec spec) {
        return open(spec, Engines.shared());
    }

    static Shell open(SandboxSpec spec, ContainerEngine engine) {
        ContainerPool pool = new ContainerPool(engine, Session.WORK, OptionalInt.empty(), Integer.MAX_VALUE);
        try {
            SessionFactory sessions = SessionFactory.from(pool, engine, spec);
            Borrower borrower = Borrower.current();
            return new Shell(sessions, borrower, sessions.take(borrower, 0), pool::close);
        } catch (RuntimeException | Error e) {
            pool.closeAfterFailure();
            throw e;
        }
    }

    /** Describes the sandbox. */
    public SandboxSpec spec() {
        return sessions.spec();
    }

    /**
     * Tells which limits of its container do not hold, or could not be checked, and why: one line each. Empty where all
     * hold, and unless the spec says {@link LimitCheck#WARN}, as there is no shell otherwise.
     */
    public List<String> limitWarnings() {
        return session.limitWarnings();
    }

    /**
     * Runs shell source text.
     *
     * @throws IllegalArgumentException if {@code text} holds a NUL character
     */
    public CommandResult run(String text) {
        return run(Command.of(text));
    }

    /**
     * Runs a program with arguments that mean nothing to the shell.
     *
     * @throws IllegalArgumentException if one holds a NUL character
     */
    public CommandResult run(String program, String... arguments) {
        return run(Command.of(program, arguments));
    }

    /** Runs a command and waits for its end. */
    public CommandResult run(Command command) {
        return inTurn("run `" + command + "`", current -> CommandRun.run(current, command));
    }

    /** Runs shell source text in the background; see {@link #runAsync(Command)}. */
    public CompletableFuture<CommandResult> runAsync(String text) {
        return runAsync(Command.of(text));
    }

    /**
     * Runs a command in the background. Commands given to this method run in the order given. To cancel the future does
     * not end the command; its time limit does, or {@link #close()}.
     */
    public CompletableFuture<CommandResult> runAsync(Command command) {
        checkOpen("run `" + command + "`");
        return CompletableFuture.supplyAsync(() -> run(command), asyncCommands);
    }

    /**
     * Copies a file or a directory with all it holds into the sandbox. Modes are kept, links are copied as links,
     * missing parent directories are made. The image needs {@code cat}, {@code chmod} and {@code mkdir}, for a
     * directory {@code tar}.
     *
     * @param target the name it gets, absolute or relative to the shell's directory
     * @throws TransferException if {@code source} is not there or {@code target} cannot be written
     */
    public void copyIn(Path source, String target) {
        SourceText.check(target, "The target");
        transfer("copy " + source + " to " + target, current -> new CopyIn(current).path(source, target));
    }

    /** Copies bytes into a file of the sandbox, with mode 0644. */
    public void copyIn(byte[] content, String target) {
        SourceText.check(target, "The target");
        transfer(
                "copy " + content.length + " bytes to " + target,
                current -> new CopyIn(current).bytes(content, target));
    }

    /** Copies a stream, up to its end, into a file of the sandbox, with mode 0644. The stream is left open. */
    public void copyIn(InputStream content, String target) {
        SourceText.check(target, "The target");
        transfer("copy a stream to " + target, current -> new CopyIn(current).stream(content, target));
    }

    /**
     * Copies a file or a directory with all it holds out of the sandbox. A directory is refused as a whole, and nothing
     * is written, if it holds symbolic links, devices or names that could lead outside {@code target}. The image needs
     * {@code cat} and {@code stat}, for a directory {@code tar} and {@code head}.
     *
     * @param source its name, absolute or relative to the shell's directory
     * @param target the name it gets: for a file, one that exists is replaced; for a directory, a new or an empty one
     * @throws TransferException if {@code source} is not there, is larger than {@link ResourceLimits#copyOutBytes()} or
     *     is refused, or if {@code target} cannot be written
     */
    public void copyOut(String source, Path target) {
        SourceText.check(source, "The source");
        transfer("copy " + source + " to " + target, current -> new CopyOut(current).path(source, target));
    }

    /** Writes the content of a file of the sandbox to a stream, which is left open. */
    public void copyOut(String source, OutputStream target) {
        SourceText.check(source, "The source");
        transfer("copy " + source + " to a stream", current -> new CopyOut(current).stream(source, target));
    }

    /** Returns the content of a file of the sandbox. */
    public byte[] copyOut(String source) {
        SourceText.check(source, "The source");
        return inTurn("copy out " + source, current -> new CopyOut(current).bytes(source));
    }

    /**
     * Tells what a name in the sandbox stands for; empty if nothing has that name. The image needs {@code stat}.
     *
     * @param path absolute or relative to the shell's directory
     */
    public Optional<FileStatus> status(String path) {
        SourceText.check(path, "The path");
        return inTurn("look at " + path, current -> new CopyOut(current).status(path));
    }

    /**
     * Goes back to the start: a new container from the same image takes the place of this one, which is removed in the
     * background. From the first reset on, the next container is started while this one is in use.
     *
     * @throws EngineFailureException if the engine does not start a new container; calling this method again tries again
     */
    public void reset() {
        inTurn("reset", current -> {
            current.close("its container was given back at a reset, which then failed.");
            Session fresh = sessions.take(borrower.ofReplacement(), Integer.MAX_VALUE);
            session = fresh;
            if (closed) {
                fresh.close();
            }
            return fresh;
        });
    }

    /**
     * Removes the container. A command that runs meanwhile ends with an {@link IllegalStateException} in its caller.
     * The container of a shell out of a {@link SandboxPool} goes in the background.
     */
    @Override
    public void close() {
        closed = true;
        asyncCommands.shutdown();
        session.close();
        sessions.close();
        atEnd.run();
    }

    private interface Copy {
        void with(Session session);
    }

    private interface Use<T> {
        T of(Session session);
    }

    private void transfer(String what, Copy copy) {
        inTurn(what, current -> {
            copy.with(current);
            return what;
        });
    }

    private <T> T inTurn(String what, Use<T> use) {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException("Interrupted before it was its turn to " + what, e);
        }
        try {
            checkOpen(what);
            return whileOpen(what, use);
        } finally {
            turn.unlock();
        }
    }

    /** What ends because the shell is closed meanwhile, ends with that for its reason. */
    private <T> T whileOpen(String what, Use<T> use) {
        try {
            return use.of(session);
        } catch (SandboxLostException | IllegalStateException e) {
            if (closed) {
                throw closedException(what, e);
            }
            throw e;
        }
    }

    private void checkOpen(String what) {
        if (closed) {
            throw closedException(what, null);
        }
    }

    private static IllegalStateException closedException(String what, @Nullable Throwable cause) {
        return new IllegalStateException(
                (cause == null
                                ? "Cannot " + what + ": the shell is closed"
                                : "The shell was closed while it was to " + what)
                        + ". A shell that JUnit made is closed when its test or its class ends.",
                cause);
    }

    /** One thread at most, and none while nothing is to be run. */
    private static ExecutorService asyncCommands() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, ASYNC_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sandbox-async-commands");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
