package org.junitsandbox.internal.pool;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All containers that may live at once are in use, and none comes back. The message tells who waits for whom. */
public final class PoolExhaustedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * One who uses a container.
     *
     * @param waitsFor who has to get one before this one ends, or null
     */
    record User(Borrower borrower, @Nullable Borrower waitsFor) {
        @Override
        public String toString() {
            return "\n  one by " + borrower
                    + (waitsFor == null ? "" : ", which does not end before " + waitsFor + " has got one more");
        }
    }

    /**
     * Tells who gets no container.
     *
     * @param why a sentence's beginning
     */
    PoolExhaustedException(Borrower borrower, String why, int max, List<User> users) {
        super("There is no container for " + borrower + ". " + why + ": at most " + max
                + " may live at once (sandbox.pool.max), and all are in use:"
                + users.stream().map(User::toString).collect(Collectors.joining())
                + "\nRaise sandbox.pool.max, use fewer sandboxes at once in one test, or run fewer tests in parallel.");
    }
}
