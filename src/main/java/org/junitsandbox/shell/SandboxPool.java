package org.junitsandbox.shell;

import java.time.Duration;
import java.util.function.Function;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.pool.ContainerCounts;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Opens shells whose containers are started before they are needed, and bounds how many there are at once. A used
 * container is cleaned in place and kept for the next shell of its spec, if it can be proven clean, and is removed in
 * the background otherwise. A caller that has to wait for a container gets one in the order of asking.
 *
 * <p>A shell may be opened by one thread and closed by another. So a caller waits for as long as it takes until a shell
 * is closed, and a warning is logged every five minutes in which no container came back. An interrupt ends the wait
 * with {@link SandboxInterruptedException}. Only where JUnit opens shells for tests is it known when they are closed.
 * There, a request that could never be served fails with {@link SandboxPoolExhaustedException}.
 *
 * <p>Which way to open a shell: {@link Shell#open} where one is enough; {@link #open} for one now and then, of any
 * spec; {@link #series} for many of one spec.
 *
 * <p>Safe for use by several threads, which do not wait for the start of each other's containers. The pool has threads
 * of its own only while there is something to do.
 *
 * @since 0.1
 */
public final class SandboxPool implements AutoCloseable {

    private final ContainerEngine engine;
    private final ContainerPool containers;

    /**
     * Makes an empty pool on the engine that the {@linkplain EngineChoice#ofSystemProperties system properties} choose.
     *
     * @param size how many containers it may have
     * @throws EngineUnavailableException if no container engine answers
     * @throws IllegalArgumentException if a system property is not valid
     */
    public SandboxPool(PoolSize size) {
        this(size, Engines.shared());
    }

    /**
     * Makes an empty pool on an engine.
     *
     * @param size how many containers it may have
     * @param engine where they run
     * @throws EngineUnavailableException if that engine does not answer
     * @throws IllegalArgumentException if there is no engine of that name, or a setting of it is not valid
     */
    public SandboxPool(PoolSize size, EngineChoice engine) {
        this(size, Engines.of(engine));
    }

    SandboxPool(PoolSize size, ContainerEngine engine) {
        this.engine = engine;
        this.containers = new ContainerPool(engine, Session.WORK, size.spares(), size.maxFor(engine.cpus()), true);
    }

    /**
     * Opens one shell, as {@link Shell#open} does, as soon as there is room for its container.
     *
     * @param spec what the sandbox is
     * @return an open shell, which the caller has to close
     * @throws IllegalArgumentException if a limit does not fit into the memory limit;
     *     see {@link org.junitsandbox.spec.ResourceLimits}
     * @throws EngineFailureException if the engine does not start the container
     * @throws LimitNotEnforcedException if a limit does not hold or cannot be checked
     * @throws ImageException if the image cannot be obtained or cannot be used
     * @throws SandboxInterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the pool is closed
     */
    public Shell open(SandboxSpec spec) {
        try (ShellSeries series = series(spec)) {
            return series.open(0);
        }
    }

    /**
     * Opens one shell, if there is room for its container in time.
     *
     * @param spec what the sandbox is
     * @param timeout how long to wait for room and for the start of the container, when the image is there
     * @return an open shell, which the caller has to close
     * @throws SandboxPoolExhaustedException if the time is up; the message has how many containers are in use
     * @throws SandboxException as {@link #open(SandboxSpec)} does
     */
    public Shell open(SandboxSpec spec, Duration timeout) {
        try (ShellSeries series = series(spec)) {
            return series.open(0, timeout);
        }
    }

    /**
     * Opens a shell, uses it and closes it.
     *
     * @param spec what the sandbox is
     * @param use uses the shell, which is closed afterwards
     * @param <T> what comes of it
     * @return what {@code use} returns
     * @throws SandboxException as {@link #open(SandboxSpec)} does
     */
    public <T> T call(SandboxSpec spec, Function<Shell, T> use) {
        try (Shell shell = open(spec)) {
            return use.apply(shell);
        }
    }

    /**
     * Returns how many containers the pool has now.
     *
     * @return the numbers of one moment
     */
    public PoolUse use() {
        ContainerCounts use = containers.use();
        return new PoolUse(use.starting(), use.ready(), use.inUse(), use.ending());
    }

    /**
     * Starts a series of shells of one spec. Its image is pulled, built or set up first where it must be.
     *
     * @param spec what each of its sandboxes is
     * @return a series, which the caller has to close
     * @throws IllegalArgumentException if a limit does not fit into the memory limit;
     *     see {@link org.junitsandbox.spec.ResourceLimits}
     * @throws ImageException if the image cannot be obtained or cannot be used
     */
    public ShellSeries series(SandboxSpec spec) {
        return new ShellSeries(() -> SessionFactory.from(containers, engine, spec));
    }

    /**
     * Removes all containers of the pool, those in use as well, and returns when they and the pool's threads are gone.
     * An interrupt ends the wait and stays set; then they go in the background.
     */
    @Override
    public void close() {
        containers.close();
    }
}
