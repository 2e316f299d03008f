package org.junitsandbox.internal.pool;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller that waits for a container or uses one, and how long it keeps it. Immutable. {@code toString} returns its
 * name.
 *
 * <p>A plain thread may hand its container to any other thread, which gives it back at any time: how long it is kept is
 * not known. A borrower in a scope, such as a test method, keeps its container until the scope ends, and the scope
 * cannot end while the borrower waits for another container.
 */
public final class Borrower {

    private static final ThreadLocal<@Nullable Borrower> CURRENT = new ThreadLocal<>();

    private final String name;
    private final @Nullable String keeper;
    private final @Nullable String waiting;
    private final long threadId = Thread.currentThread().getId();

    private Borrower(String name, @Nullable String keeper, @Nullable String waiting) {
        this.name = name;
        this.keeper = keeper;
        this.waiting = waiting;
    }

    /**
     * Returns a borrower in a scope. Both scopes are paths, whose steps are separated by a slash: {@code class
     * A/method b}.
     *
     * @param name for messages
     * @param keeper the scope at whose end the container is given back, and not before
     * @param waiting the scope that cannot end before the container is there; so those around it cannot, either
     */
    public static Borrower inScope(String name, String keeper, String waiting) {
        return new Borrower(name, keeper, waiting);
    }

    /** Returns the borrower that the calling thread acts for, the thread itself if there is no other. */
    public static Borrower current() {
        Borrower current = CURRENT.get();
        return current == null ? ofThread() : current;
    }

    private static Borrower ofThread() {
        Thread thread = Thread.currentThread();
        return new Borrower("thread " + thread.getName() + " (" + thread.getId() + ")", null, null);
    }

    /** Has the calling thread act for this borrower during one call. */
    public <T> T call(Supplier<T> action) {
        Borrower outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return action.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /**
     * Returns the borrower of a container that replaces this one's. Its scope waits for it only where the calling
     * thread is known to belong to the scope: it does if it made this borrower.
     */
    public Borrower ofReplacement() {
        if (keeper == null) {
            return ofThread();
        }
        return new Borrower(name, keeper, Thread.currentThread().getId() == threadId ? keeper : null);
    }

    /**
     * Returns whether this one is known to keep what it has at least until another one, which may be itself, has got
     * what it waits for.
     */
    boolean outlasts(Borrower other) {
        return keeper != null && other.waiting != null && (other.waiting + "/").startsWith(keeper + "/");
    }

    @Override
    public String toString() {
        return name;
    }
}
