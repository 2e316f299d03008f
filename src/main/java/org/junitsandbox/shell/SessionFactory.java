package org.junitsandbox.shell;

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
    private final SandboxSpec spec;
    private final Reservation reservation;
    private final LimitGate gate;

    private SessionFactory(ContainerPool pool, SandboxSpec spec, Reservation reservation, LimitGate gate) {
        this.pool = pool;
        this.spec = spec;
        this.reservation = reservation;
        this.gate = gate;
    }

    static SessionFactory from(ContainerPool pool, ContainerEngine engine, SandboxSpec spec) {
        SandboxConfig.check(spec);
        ContainerConfig config = SandboxConfig.forCommands(spec, SandboxImages.imageFor(engine, spec));
        return new SessionFactory(pool, spec, pool.reserve(config), new LimitGate(engine, spec, config));
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

    /**
     * Takes a session, whose container goes back to the pool when it is closed.
     *
     * @param more how many more will be taken after it
     */
    Session take(Borrower borrower, int more) {
        try {
            ReadyContainer container = pool.acquire(reservation, borrower, more);
            return new Session(spec, container, checked(container), new Returned(pool, container));
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

    private List<String> checked(ReadyContainer container) {
        try {
            return gate.pass(container.conversation().foundLimits());
        } catch (RuntimeException | Error e) {
            pool.discard(container);
            throw e;
        }
    }

    /** No more will be taken. */
    @Override
    public void close() {
        pool.cancel(reservation);
    }
}
