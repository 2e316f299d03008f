package org.junitsandbox.shell;

import java.time.Duration;
import java.util.function.Supplier;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.internal.pool.ContainerPool;

/**
 * Shells of one spec, opened one after the other or side by side. As long as more are announced, the containers of the
 * next ones are started while others are in use. Safe for use by several threads. {@link SandboxPool#series} starts
 * one.
 *
 * <pre>{@code
 * try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT);
 *         ShellSeries shells = pool.series(spec)) {
 *     for (int left = uploads.size(); left > 0; left--) {
 *         try (Shell shell = shells.open(left - 1)) { ... }
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class ShellSeries implements AutoCloseable {

    private final Supplier<SessionFactory> factories;
    private final SessionFactory sessions;

    ShellSeries(Supplier<SessionFactory> factories) {
        this.factories = factories;
        this.sessions = factories.get();
    }

    /**
     * Opens the next shell.
     *
     * @param more how many more will be opened after it, as far as is known now; {@link Integer#MAX_VALUE} for no end
     *     in sight
     * @return an open shell, which the caller has to close
     * @throws IllegalArgumentException if {@code more} is negative
     * @throws EngineFailureException if the engine does not start its container
     * @throws LimitNotEnforcedException if a limit does not hold or cannot be checked
     * @throws ImageException if the image is no longer there and cannot be obtained again
     * @throws SandboxInterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the series or its pool is closed
     */
    public Shell open(int more) {
        return open(more, ContainerPool.FOREVER);
    }

    Shell open(int more, Duration timeout) {
        if (more < 0) {
            throw new IllegalArgumentException(more + " more shells are announced: expected 0 or more");
        }
        Borrower borrower = Borrower.current();
        // The name of an image may have come to stand for another one since the last shell.
        SessionFactory ofShell = factories.get();
        try {
            sessions.follow(ofShell);
            return new Shell(ofShell, borrower, sessions.take(borrower, more, timeout), () -> {});
        } catch (RuntimeException | Error e) {
            ofShell.close();
            throw e;
        }
    }

    /** Ends the series: what is ready for it is removed. Its shells stay open. */
    @Override
    public void close() {
        sessions.close();
    }
}
