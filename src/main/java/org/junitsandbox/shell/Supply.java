package org.junitsandbox.shell;

import java.util.List;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.internal.pool.Demand;
import org.junitsandbox.internal.pool.PoolExhaustedException;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.spec.SandboxSpec;

/** Clean sessions of one spec out of a pool. Safe for use by several threads. */
final class Supply implements AutoCloseable {

    private final ContainerPool pool;
    private final SandboxSpec spec;
    private final Demand demand;
    private final LimitGate gate;

    private Supply(ContainerPool pool, SandboxSpec spec, Demand demand, LimitGate gate) {
        this.pool = pool;
        this.spec = spec;
        this.demand = demand;
        this.gate = gate;
    }

    static Supply from(ContainerPool pool, ContainerEngine engine, SandboxSpec spec) {
        ContainerConfig config = SandboxConfig.forCommands(spec, SandboxImages.imageFor(engine, spec));
        return new Supply(pool, spec, pool.demand(config), new LimitGate(engine, spec, config));
    }

    SandboxSpec spec() {
        return spec;
    }

    /**
     * Takes a session, whose container goes back to the pool when it is closed.
     *
     * @param more how many more will be taken after it
     */
    Session take(SandboxPool.Claim claim, int more) {
        try {
            ReadyContainer container = demand.take(claim, more);
            return new Session(spec, container, checked(container), () -> pool.release(container));
        } catch (EngineException e) {
            throw Engines.failure("No sandbox from " + SandboxImages.describe(spec) + ": ", e);
        } catch (PoolExhaustedException e) {
            throw new SandboxPoolExhaustedException(
                    "No sandbox from " + SandboxImages.describe(spec) + ". " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException(
                    "Interrupted while it waited for a sandbox from " + SandboxImages.describe(spec), e);
        }
    }

    private List<String> checked(ReadyContainer container) {
        try {
            return gate.pass(container.conversation().foundLimits());
        } catch (RuntimeException | Error e) {
            pool.release(container);
            throw e;
        }
    }

    /** No more will be taken. */
    @Override
    public void close() {
        demand.close();
    }
}
