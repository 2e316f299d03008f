package org.junitsandbox.internal.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a container, in the order of asking, and who uses one; and so, who would wait for ever. Guarded by the
 * pool's {@link Monitor}.
 */
final class Claims {

    private final int max;
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private final Map<ReadyContainer, Waiter> users = new LinkedHashMap<>();

    /**
     * @param max how many containers may live at once, for messages
     */
    Claims(int max) {
        this.max = max;
    }

    void queueUp(Waiter waiter) {
        waiters.addLast(waiter);
    }

    /** Lets one wait again who has been served in vain, before all others. */
    void queueUpFirst(Waiter waiter) {
        waiters.addFirst(waiter);
    }

    /** Does nothing for one who does not wait any more. */
    void withdraw(Waiter waiter) {
        waiters.remove(waiter);
    }

    List<Waiter> waiting() {
        return List.copyOf(waiters);
    }

    boolean anyoneWaits() {
        return !waiters.isEmpty();
    }

    boolean isWaiting(Waiter waiter) {
        return waiters.contains(waiter);
    }

    @Nullable Waiter firstFor(Stock stock) {
        return waiters.stream().filter(waiter -> waiter.stock == stock).findFirst().orElse(null);
    }

    long countFor(Stock stock) {
        return waiters.stream().filter(waiter -> waiter.stock == stock).count();
    }

    /**
     * Makes one who waits a user.
     *
     * @param spare whether the container has been waiting to be taken
     */
    void give(ReadyContainer container, Waiter waiter, boolean spare) {
        waiters.remove(waiter);
        users.put(container, waiter);
        waiter.stock.taken();
        waiter.give(container, spare);
    }

    /** Returns the stock of a container that was in use and is so no more; null if it was not in use. */
    @Nullable Stock end(ReadyContainer container) {
        Waiter user = users.remove(container);
        if (user == null) {
            return null;
        }
        user.stock.givenBack();
        return user.stock;
    }

    int inUse() {
        return users.size();
    }

    List<ReadyContainer> used() {
        return List.copyOf(users.keySet());
    }

    void fail(Waiter waiter, Throwable failure) {
        waiters.remove(waiter);
        waiter.fail(failure);
    }

    void failAll(Supplier<Throwable> failure) {
        waiting().forEach(waiter -> fail(waiter, failure.get()));
    }

    /** Tells one who waits that none comes back. */
    void exhaust(Waiter waiter, String why) {
        List<PoolExhaustedException.User> all = new ArrayList<>();
        users.values().forEach(user -> all.add(new PoolExhaustedException.User(user.borrower, whatHoldsUp(user))));
        fail(waiter, new PoolExhaustedException(waiter.borrower, why, max, all));
    }

    /**
     * If every container is kept until one who waits is served, none ever comes back: then those who wait in vain fail,
     * the last to come first, until a container can come back.
     */
    void breakDeadlock() {
        while (!users.isEmpty() && users.values().stream().allMatch(user -> whatHoldsUp(user) != null)) {
            exhaust(lastThatHoldsUpAUser(), "Waiting would never end");
        }
    }

    private Waiter lastThatHoldsUpAUser() {
        Iterable<Waiter> lastFirst = waiters::descendingIterator;
        for (Waiter waiter : lastFirst) {
            if (users.values().stream().anyMatch(user -> user.borrower.outlasts(waiter.borrower))) {
                return waiter;
            }
        }
        throw new IllegalStateException("No waiter holds up a user");
    }

    private @Nullable Borrower whatHoldsUp(Waiter user) {
        return waiters.stream()
                .map(waiter -> waiter.borrower)
                .filter(user.borrower::outlasts)
                .findFirst()
                .orElse(null);
    }
}
