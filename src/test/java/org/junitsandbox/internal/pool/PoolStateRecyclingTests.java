package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.pool.DrivenPool.BLUE;
import static org.junitsandbox.internal.pool.DrivenPool.LULL;
import static org.junitsandbox.internal.pool.DrivenPool.PATIENCE;
import static org.junitsandbox.internal.pool.DrivenPool.RED;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** When a pool has a container cleaned after its use, and which borrower gets it then. */
class PoolStateRecyclingTests {

    private static final Borrower ANYONE = Borrower.current();

    private DrivenPool pool = DrivenPool.ofRecycled(100);
    private Reservation red = pool.state.reserve(RED);

    private void max(int number) {
        pool = DrivenPool.ofRecycled(number);
        red = pool.state.reserve(RED);
    }

    @Nested
    class GivenBack {

        @Test
        void isCleanedIfItCanBeProvenClean() {
            Slot slot = pool.take(red, ANYONE, 0);

            pool.giveBackRecyclable(slot);

            assertThat(pool.toRecycle).containsExactly(slot);
        }

        @Test
        void isRemovedIfItCannot() {
            Slot slot = pool.take(red, ANYONE, 0);

            pool.giveBack(slot);
            pool.pass(LULL);

            assertThat(pool.toRecycle).isEmpty();
            assertThat(pool.toRemove).containsExactly(slot);
        }

        @Test
        void isRemovedIfItIsDiscarded() {
            Slot slot = pool.take(red, ANYONE, 0);
            slot.recyclable = true;

            pool.discard(slot);
            pool.pass(LULL);

            assertThat(pool.toRecycle).isEmpty();
            assertThat(pool.toRemove).containsExactly(slot);
        }

        @Test
        void isRemovedWhereNoneIsExpectedAndNoneIsKept() {
            pool = DrivenPool.ofSpares(1);
            red = pool.state.reserve(RED);
            Slot slot = pool.take(red, ANYONE, 0);

            pool.giveBackRecyclable(slot);
            pool.pass(LULL);

            assertThat(pool.toRemove).containsExactly(slot);
        }

        @Test
        void isCleanedForTheNextThatIsTakenInItsPlace() {
            pool = DrivenPool.ofSpares(1);
            red = pool.state.reserve(RED);
            Slot slot = pool.take(red, ANYONE, 0);

            pool.exchangeRecyclable(slot);
            PendingAcquire next = pool.acquire(red, ANYONE, 0);
            pool.pass(LULL);
            pool.finishRecycling();

            assertThat(pool.slotOf(next)).isSameAs(slot);
            assertThat(pool.toStart).isEmpty();
        }

        @Test
        void isCleanedOnlyOnce() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);

            pool.giveBackRecyclable(slot);
            pool.discard(slot);
            pool.pass(LULL);

            assertThat(pool.toRecycle).containsExactly(slot);
            assertThat(pool.toRemove).isEmpty();
        }

        @Test
        void isRemovedAfterTheClose() {
            Slot slot = pool.take(red, ANYONE, 0);
            slot.recyclable = true;

            pool.close();

            assertThat(pool.toRecycle).isEmpty();
            assertThat(pool.toRemove).containsExactly(slot);
        }
    }

    @Nested
    class Cleaned {

        @Test
        void goesToABorrowerThatWaits() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            PendingAcquire next = pool.acquire(red, ANYONE, 0);

            assertThat(pool.isWaiting(next)).isTrue();
            assertThat(pool.toStart).isEmpty();
            pool.finishRecycling();

            assertThat(pool.slotOf(next)).isSameAs(slot);
            assertThat(pool.toStart).isEmpty();
        }

        @Test
        void staysUntilItIsWantedAgain() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.cancel(red);
            pool.giveBackRecyclable(slot);
            pool.finishRecycling();
            pool.pass(1000 * LULL);

            assertThat(pool.toRemove).isEmpty();
            assertThat(pool.take(pool.state.reserve(RED), ANYONE, 0)).isSameAs(slot);
        }

        @Test
        void goesWhereItsRoomIsNeeded() {
            max(1);
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            pool.finishRecycling();
            PendingAcquire blue = pool.acquire(pool.state.reserve(BLUE), ANYONE, 0);

            assertThat(pool.toRemove).containsExactly(slot);
            pool.finishRemoval();
            Slot started = pool.finishStart();

            assertThat(pool.slotOf(blue)).isSameAs(started);
        }

        @Test
        void isRemovedIfThePoolIsClosedMeanwhile() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            pool.close();

            assertThat(pool.state.isBusy()).isTrue();
            pool.finishRecycling();

            assertThat(pool.toRemove).containsExactly(slot);
            pool.finishRemoval();
            assertThat(pool.state.isBusy()).isFalse();
        }

        @Test
        void countsAsASpareToCome() {
            pool = DrivenPool.ofSpares(1);
            red = pool.state.reserve(RED);
            Slot slot = pool.take(red, ANYONE, 10);
            pool.finishStart();
            pool.giveBackRecyclable(slot);
            pool.take(red, ANYONE, 9);
            pool.pass(LULL);

            assertThat(pool.toStart).isEmpty();
            assertThat(pool.state.counts()).isEqualTo(Map.of(Phase.RECYCLING, 1L, Phase.IN_USE, 1L));
        }
    }

    @Nested
    class NeverUsed {

        @Test
        void staysLikeOneThatWasCleanedIfItCanBeProvenClean() {
            Slot slot = startedInVain(true);

            assertThat(pool.toRemove).isEmpty();
            assertThat(pool.take(red, ANYONE, 0)).isSameAs(slot);
        }

        @Test
        void isRemovedIfItCannot() {
            Slot slot = startedInVain(false);

            assertThat(pool.toRemove).containsExactly(slot);
        }

        /** A container whose borrower got another one, which was slow to be cleaned, but came first. */
        private Slot startedInVain(boolean recyclable) {
            Slot first = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(first);
            pool.acquire(red, ANYONE, 0);
            pool.pass(PATIENCE);
            pool.finishRecycling();
            pool.toStart.getFirst().recyclable = recyclable;
            Slot slot = pool.finishStart();
            pool.pass(LULL);
            return slot;
        }
    }

    @Nested
    class NotClean {

        @Test
        void isRemovedAndAnotherOneIsStartedForABorrowerThatWaits() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            PendingAcquire next = pool.acquire(red, ANYONE, 0);

            pool.failRecycling();
            assertThat(pool.toStart).hasSize(1);
            Slot started = pool.finishStart();
            pool.pass(LULL);

            assertThat(pool.slotOf(next)).isSameAs(started).isNotSameAs(slot);
            assertThat(pool.toRemove).containsExactly(slot);
        }
    }

    @Nested
    class Slow {

        @Test
        void isNotWaitedForBeyondThePatience() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            PendingAcquire next = pool.acquire(red, ANYONE, 0);

            assertThat(pool.untilNextSettling()).hasValue(PATIENCE);
            pool.pass(PATIENCE);
            assertThat(pool.untilNextSettling()).isEmpty();
            Slot started = pool.finishStart();

            assertThat(pool.slotOf(next)).isSameAs(started).isNotSameAs(slot);
        }

        @Test
        void isWaitedForAsLongAsAStartTakes() {
            PendingAcquire first = pool.acquire(red, ANYONE, 0);
            pool.pass(3 * PATIENCE);
            pool.finishStart();
            Slot slot = pool.slotOf(first);
            pool.giveBackRecyclable(slot);
            pool.acquire(red, ANYONE, 0);

            pool.pass(3 * PATIENCE - 1);
            assertThat(pool.toStart).isEmpty();
            pool.pass(1);
            assertThat(pool.toStart).hasSize(1);
        }

        @Test
        void isGivenOutAllTheSameIfItIsReadyFirst() {
            Slot slot = pool.take(red, ANYONE, 0);
            pool.giveBackRecyclable(slot);
            PendingAcquire next = pool.acquire(red, ANYONE, 0);
            pool.pass(PATIENCE);

            pool.finishRecycling();

            assertThat(pool.slotOf(next)).isSameAs(slot);
        }
    }
}
