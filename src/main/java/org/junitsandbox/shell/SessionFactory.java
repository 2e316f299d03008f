package org.junitsandbox.shell;

import java.time.Duration;
import java.util.List;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.internal.pool.PoolExhaustedException;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.internal.pool.Reservation;
import org.junitsandbox.spec.SandboxSpec;

/** Clean sessions of one spec out of a pool. Safe for use by several threads. */
final class SessionFactory implements AutoCloseable {

    private final ContainerPool pool;
    private final ContainerEngine engine;
    private final SandboxSpec spec;
    private Source source;
    private boolean closed;

    /** The containers of one image. */
    private record Source(ContainerConfig config, Reservation reservation, LimitGate gate) {}

    private SessionFactory(ContainerPool pool, ContainerEngine engine, SandboxSpec spec, ContainerConfig config) {
        this.pool = pool;
        this.engine = engine;
        this.spec = spec;
        this.source = reserve(config);
    }

    static SessionFactory from(ContainerPool pool, ContainerEngine engine, SandboxSpec spec) {
        return new SessionFactory(pool, engine, spec, config(engine, spec));
    }

    private static ContainerConfig config(ContainerEngine engine, SandboxSpec spec) {
        SandboxConfig.check(spec);
        return SandboxConfig.forCommands(spec, SandboxImages.imageFor(engine, spec));
    }

    private Source reserve(ContainerConfig config) {
        return new Source(config, pool.reserve(config), new LimitGate(engine, spec, config));
    }

    private record Returned(ContainerPool pool, ReadyContainer container) implements Session.Loan {

        @Override
        public void giveBack(boolean isNextTaken) {
            pool.giveBack(container, isNextTaken);
        }

        @Override
        public void discard() {
            pool.discard(container);
        }

        @Override
        public boolean isPoolClosed() {
            return pool.isClosed();
        }
    }

    SandboxSpec spec() {
        return spec;
    }

    private synchronized Source source() {
        return source;
    }

    /** Takes what follows from the image that another factory has found for the same spec, which may be a newer one. */
    void follow(SessionFactory newer) {
        follow(newer.source().config());
    }

    private synchronized void follow(ContainerConfig config) {
        if (!closed && !config.equals(source.config())) {
            Source old = source;
            source = reserve(config);
            pool.cancel(old.reservation());
        }
    }

    /**
     * Takes a session, whose container goes back to the pool when it is closed. If the image is no longer there, it is
     * prepared once more.
     *
     * @param more how many more will be taken after it
     */
    Session take(Borrower borrower, int more) {
        return take(borrower, more, ContainerPool.FOREVER);
    }

    /**
     * Takes a session, and waits for room for its container at most for a time.
     *
     * @throws SandboxPoolExhaustedException if there is none in time
     */
    Session take(Borrower borrower, int more, Duration timeout) {
        try {
            Source first = source();
            try {
                return take(first, borrower, more, timeout);
            } catch (EngineException e) {
                if (e.fault() != EngineException.Fault.IMAGE_GONE) {
                    throw e;
                }
                follow(config(engine, spec));
                return take(source(), borrower, more, timeout);
            }
        } catch (EngineException e) {
            throw Engines.failure("No sandbox from " + ImageDescription.of(spec) + ": ", e);
        } catch (PoolExhaustedException e) {
            throw new SandboxPoolExhaustedException(
                    "No sandbox from " + ImageDescription.of(spec) + ". " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException(
                    "Interrupted while waiting for a sandbox from " + ImageDescription.of(spec), e);
        }
    }

    private Session take(Source source, Borrower borrower, int more, Duration timeout)
            throws EngineException, PoolExhaustedException, InterruptedException {
        ReadyContainer container = pool.acquire(source.reservation(), borrower, more, timeout);
        Session session =
                new Session(spec, container, checked(container, source.gate()), new Returned(pool, container));
        try {
            session.noteFirstFiles();
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private List<String> checked(ReadyContainer container, LimitGate gate) {
        try {
            return gate.pass(container.conversation().foundLimits(), container.container().isCutOff());
        } catch (RuntimeException | Error e) {
            pool.discard(container);
            throw e;
        }
    }

    /** No more will be taken. */
    @Override
    public synchronized void close() {
        closed = true;
        pool.cancel(source.reservation());
    }
}
