package org.junitsandbox.internal.pool;

import org.junitsandbox.internal.engine.EngineException;

/**
 * Says that more containers of one kind will be wanted: as long as that is so, a pool has the next ones ready. Safe for
 * use by several threads.
 */
public final class Reservation implements AutoCloseable {

    private final ContainerPool pool;
    private final Stock stock;

    /** How many takes this one announces. Guarded by the pool's lock. */
    private long toCome;

    private boolean closed;

    Reservation(ContainerPool pool, Stock stock) {
        this.pool = pool;
        this.stock = stock;
    }

    /**
     * Takes a container; see {@link ContainerPool#take}.
     *
     * @param more how many more will be taken after it, as far as is known now; {@link Integer#MAX_VALUE} for no end in
     *     sight
     * @throws IllegalStateException also if this demand is closed
     */
    public ReadyContainer take(Borrower borrower, int more)
            throws EngineException, PoolExhaustedException, InterruptedException {
        return pool.take(stock, borrower, () -> {
            if (closed) {
                // The pool may have forgotten the stock, and would not find again what is started for it.
                throw new IllegalStateException(
                        "No container for " + borrower + ": its shell or its series of shells is closed");
            }
            stock.asked();
            announce(more);
        });
    }

    /**
     * Takes back what was announced. Containers that are ready for it and for no other demand are removed; who waits
     * already still gets one.
     */
    @Override
    public void close() {
        pool.change(() -> {
            if (!closed) {
                announce(0);
                closed = true;
                stock.demands--;
            }
        });
    }

    private void announce(int more) {
        stock.expected += more - toCome;
        toCome = more;
    }
}
