package org.junitsandbox.internal.pool;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All containers that may live at once are in use, and none comes back. The message lists which borrower waits for
 * which.
 */
public final class PoolExhaustedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A borrower that uses a container.
     *
     * @param waitsFor the borrower that has to get a container before this one gives back its own; null if none is
     *     known
     */
    record Holder(Borrower borrower, @Nullable Borrower waitsFor) {
        @Override
        public String toString() {
            return "\n  one by " + borrower
                    + (waitsFor == null ? "" : ", which does not end before " + waitsFor + " gets one more");
        }

        /** Lists several, one a line. */
        static String list(List<Holder> holders) {
            return holders.stream().map(Holder::toString).collect(Collectors.joining());
        }
    }

    private PoolExhaustedException(String message) {
        super(message);
    }

    /** Returns the exception of a borrower that got no container in time. */
    static PoolExhaustedException inTime(Borrower borrower, Duration timeout, ContainerCounts use) {
        return new PoolExhaustedException("There was no container for " + borrower + " within "
                + timeout.toMillis() + " ms. Containers: " + use + ".");
    }

    /**
     * Makes the exception of a borrower that gets no container.
     *
     * @param max how many containers may live at once
     */
    PoolExhaustedException(Borrower borrower, int max, List<Holder> holders) {
        super("There is no container for " + borrower + ". Waiting would never end: at most " + max
                + " may live at once (sandbox.pool.max), and all are in use:" + Holder.list(holders)
                + "\nRaise sandbox.pool.max, use fewer sandboxes at once in one test, or run fewer tests in parallel.");
    }
}
