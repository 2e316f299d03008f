package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.pool.DrivenPool.BLUE;
import static org.junitsandbox.internal.pool.DrivenPool.LULL;
import static org.junitsandbox.internal.pool.DrivenPool.RED;

import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** What a pool does when the engine allows fewer containers than the pool may have. */
class PoolStateQuotaTests {

    private static final Borrower ANYONE = Borrower.current();

    private final DrivenPool pool = DrivenPool.ofSpares(1);
    private final Reservation red = pool.state.reserve(RED);
    private final Reservation blue = pool.state.reserve(BLUE);

    @Test
    void failsTheAcquireWhereAllContainersAreInUse() {
        pool.take(red, ANYONE, 0);
        PendingAcquire second = pool.acquire(red, ANYONE, 0);

        pool.refuseStart();

        assertThat(pool.failed.get(second)).hasMessage("quota");
    }

    @Test
    void startsOneForTheAcquireInThePlaceOfOneThatIsRemoved() {
        Slot used = pool.take(red, ANYONE, 0);
        pool.discard(used);
        PendingAcquire next = pool.acquire(red, ANYONE, 0);
        assertThat(pool.toRemove).isEmpty();

        pool.refuseStart();

        assertThat(pool.isWaiting(next)).isTrue();
        assertThat(pool.toStart).isEmpty();
        assertThat(pool.toRemove).containsExactly(used);

        pool.finishRemoval();
        pool.finishStart();

        assertThat(pool.slotOf(next)).isNotSameAs(used);
    }

    @Test
    void removesASpareOfAnotherKindForTheAcquire() {
        pool.take(blue, ANYONE, 1);
        pool.pass(LULL);
        Slot spare = pool.finishStart();
        PendingAcquire next = pool.acquire(red, ANYONE, 0);

        pool.refuseStart();

        assertThat(pool.toRemove).containsExactly(spare);
        pool.finishRemoval();
        pool.finishStart();
        assertThat(pool.isWaiting(next)).isFalse();
    }

    @Test
    void givesTheAcquireAContainerWhoseStartHadBegunForAnother() {
        PendingAcquire first = pool.acquire(red, ANYONE, 0);
        PendingAcquire second = pool.acquire(red, ANYONE, 0);

        pool.refuseStart();
        assertThat(pool.isWaiting(first)).isTrue();
        Slot started = pool.finishStart();

        assertThat(pool.slotOf(first)).isSameAs(started);
        assertThat(pool.isWaiting(second)).isTrue();
        pool.discard(started);
        pool.finishRemoval();
        pool.finishStart();
        assertThat(pool.isWaiting(second)).isFalse();
    }

    @Test
    void failsAllAcquiresWhereTheEngineAllowsNone() {
        PendingAcquire first = pool.acquire(red, ANYONE, 0);
        PendingAcquire second = pool.acquire(red, ANYONE, 0);

        pool.refuseStart();
        pool.refuseStart();
        pool.refuseStart();

        assertThat(pool.failed).containsOnlyKeys(first, second);
        assertThat(pool.toStart).isEmpty();
    }

    @Test
    void asksForMoreAgainWhenTheNextAcquireComes() {
        Slot used = pool.take(red, ANYONE, 0);
        pool.discard(used);
        pool.acquire(red, ANYONE, 0);
        pool.refuseStart();
        pool.finishRemoval();
        pool.finishStart();

        PendingAcquire next = pool.acquire(red, ANYONE, 0);
        pool.finishStart();

        assertThat(pool.isWaiting(next)).isFalse();
    }
}
