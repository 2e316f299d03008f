package org.junitsandbox.shell;

import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.pool.Claimant;
import org.junitsandbox.internal.pool.ContainerPool;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Opens shells whose containers are started before they are needed and removed in the background, and bounds how many
 * there are. Who has to wait for a container gets one in the order of asking.
 *
 * <p>Safe for use by several threads, which are not kept waiting for each other's containers. It has threads of its
 * own, of which there is none while there is nothing to do.
 *
 * @since 0.1
 */
public final class SandboxPool implements AutoCloseable {

    private final ContainerEngine engine;
    private final ContainerPool containers;

    /**
     * Who opens a shell. When all containers that may live at once are in use, it tells whether one of them can come
     * back: none can if each is kept by someone who ends only after someone who waits.
     *
     * @param name for messages
     * @param keeper what ends before the shell is closed, as a path whose steps are separated by a slash: {@code class
     *     A}
     * @param waiting what cannot go on before the shell is open, a path likewise: {@code class A/method b}. It keeps up
     *     each keeper that it starts with.
     */
    public record Claim(String name, String keeper, String waiting) implements Claimant {

        static Claim ofThread() {
            String thread = "thread " + Thread.currentThread().getName() + " (" + Thread.currentThread().getId() + ")";
            return new Claim(thread, thread, thread);
        }

        @Override
        public boolean outlasts(Claimant other) {
            return (((Claim) other).waiting + "/").startsWith(keeper + "/");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Makes an empty pool.
     *
     * @throws EngineUnavailableException if no container engine answers
     */
    public SandboxPool(PoolSize size) {
        this(size, Engines.shared());
    }

    SandboxPool(PoolSize size, ContainerEngine engine) {
        this.engine = engine;
        this.containers = new ContainerPool(engine, Session.WORK, size.spares(), size.maxFor(engine.cpus()));
    }

    /**
     * Opens one shell, as {@link Shell#open} does, as soon as there is room for its container.
     *
     * @throws SandboxPoolExhaustedException if all containers that may live at once are in use and none of them can come back
     * @throws IllegalStateException if the pool is closed
     */
    public Shell open(SandboxSpec spec) {
        return open(spec, Claim.ofThread());
    }

    /** Opens one shell for somebody. */
    public Shell open(SandboxSpec spec, Claim claim) {
        try (ShellSeries series = series(spec)) {
            return series.open(0, claim);
        }
    }

    /**
     * Starts a series of shells of one spec. Its image is pulled, built or set up first where it must be.
     *
     * @throws ImageException if the image cannot be had or cannot be used
     */
    public ShellSeries series(SandboxSpec spec) {
        return new ShellSeries(() -> Supply.from(containers, engine, spec));
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
