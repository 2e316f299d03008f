package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsandbox.internal.pool.DrivenPool.BLUE;
import static org.junitsandbox.internal.pool.DrivenPool.RED;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** Which borrower a pool serves when, how many containers it has, and what follows from failures. */
class PoolStateTests {

    private static final Borrower ANYONE = Borrower.current();

    private DrivenPool pool = DrivenPool.ofMax(100);
    private Reservation red = pool.state.reserve(RED);
    private Reservation blue = pool.state.reserve(BLUE);

    private void max(int max) {
        pool = DrivenPool.ofMax(max);
        red = pool.state.reserve(RED);
        blue = pool.state.reserve(BLUE);
    }

    @Nested
    class Order {

        @Test
        void startsOneContainerForEachAcquire() {
            pool.acquire(red, ANYONE, 0);
            pool.acquire(red, ANYONE, 0);
            pool.acquire(blue, ANYONE, 0);

            assertThat(pool.toStart).extracting(Slot::config).containsExactly(RED, RED, BLUE);
        }

        @Test
        void givesWhatStartsToTheFirstThatWaitsForItsKind() {
            PendingAcquire ofBlue = pool.acquire(blue, ANYONE, 0);
            PendingAcquire first = pool.acquire(red, ANYONE, 0);
            PendingAcquire second = pool.acquire(red, ANYONE, 0);
            pool.toStart.addLast(pool.toStart.removeFirst());

            Slot started = pool.finishStart();

            assertThat(pool.slotOf(first)).isSameAs(started);
            assertThat(pool.given).singleElement().matches(give -> !give.spare());
            assertThat(pool.isWaiting(second)).isTrue();
            assertThat(pool.isWaiting(ofBlue)).isTrue();
        }

        @Test
        void startsForTheOneThatHasWaitedLongestWhenThereIsRoomAgain() {
            max(1);
            Slot only = pool.take(red, ANYONE, 0);
            pool.acquire(blue, ANYONE, 0);
            pool.acquire(red, ANYONE, 0);

            pool.giveBack(only);
            pool.finishRemoval();

            assertThat(pool.toStart).extracting(Slot::config).containsExactly(BLUE);
        }

        @Test
        void givesASpareToALaterAcquireThatItSuits() {
            pool.take(red, ANYONE, 1);
            Slot spare = pool.finishStart();
            PendingAcquire ofBlue = pool.acquire(blue, ANYONE, 0);

            PendingAcquire later = pool.acquire(red, ANYONE, 0);

            assertThat(pool.slotOf(later)).isSameAs(spare);
            assertThat(pool.given.get(1).spare()).isTrue();
            assertThat(pool.isWaiting(ofBlue)).isTrue();
        }

        @Test
        void letsABorrowerWhoseSpareWasDeadWaitBeforeAllOthers() {
            max(2);
            pool.take(red, ANYONE, 1);
            pool.finishStart();
            PendingAcquire dead = pool.acquire(red, ANYONE, 0);
            pool.acquire(blue, ANYONE, 0);

            PendingAcquire again = pool.state.acquireInsteadOf(dead, dead.since);
            pool.pass(0);
            assertThat(pool.toRemove).containsExactly(pool.slotOf(dead));
            pool.finishRemoval();

            assertThat(pool.finishStart().config()).isEqualTo(RED);
            assertThat(pool.isWaiting(again)).isFalse();
        }

        @Test
        void removesWhatWasGivenToABorrowerThatDoesNotWaitAnyMore() {
            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);
            Slot given = pool.finishStart();

            pool.withdraw(acquire);
            pool.pass(DrivenPool.LULL);

            assertThat(pool.toRemove).containsExactly(given);
        }

        @Test
        void removesWhatStartsForABorrowerThatDoesNotWaitAnyMore() {
            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);
            pool.withdraw(acquire);

            Slot started = pool.finishStart();
            pool.pass(DrivenPool.LULL);

            assertThat(pool.toRemove).containsExactly(started);
        }
    }

    @Nested
    class Max {

        @Test
        void startsNoMoreThanAllowed() {
            max(2);

            pool.take(red, ANYONE, 5);
            pool.acquire(red, ANYONE, 5);
            pool.acquire(blue, ANYONE, 5);

            assertThat(pool.state.counts()).isEqualTo(Map.of(Phase.IN_USE, 1L, Phase.STARTING, 1L));
        }

        @Test
        void countsWhatIsBeingRemoved() {
            max(1);
            Slot only = pool.take(red, ANYONE, 0);
            pool.acquire(red, ANYONE, 0);

            pool.giveBack(only);
            assertThat(pool.toStart).isEmpty();
            pool.finishRemoval();

            assertThat(pool.toStart).hasSize(1);
        }

        @Test
        void removesASpareOfAnotherKindAtOnceToMakeRoom() {
            max(2);
            pool.take(red, ANYONE, 1);
            Slot spare = pool.finishStart();

            pool.acquire(blue, ANYONE, 0);

            assertThat(pool.toRemove).containsExactly(spare);
        }

        @Test
        void removesOneSpareAtATime() {
            max(3);
            Reservation other = pool.state.reserve(DrivenPool.config("green"));
            pool.take(red, ANYONE, 1);
            pool.finishStart();
            pool.take(other, ANYONE, 0);
            pool.acquire(blue, ANYONE, 0);
            pool.acquire(blue, ANYONE, 0);

            assertThat(pool.toRemove).hasSize(1);
        }
    }

    @Nested
    class Failures {

        @Test
        void failTheFirstThatWaitedWhenTheStartBegan() {
            PendingAcquire first = pool.acquire(red, ANYONE, 0);
            PendingAcquire second = pool.acquire(red, ANYONE, 0);

            pool.failStart("no space left");

            assertThat(pool.failed.get(first)).hasMessage("no space left");
            assertThat(pool.isWaiting(second)).isTrue();
        }

        @Test
        void areFollowedByAnotherStartForALaterAcquire() {
            pool.take(red, ANYONE, 1);
            pool.pass(1);
            PendingAcquire later = pool.acquire(red, ANYONE, 0);

            pool.failStart("the engine went away");

            assertThat(pool.isWaiting(later)).isTrue();
            assertThat(pool.warnings).singleElement().asString().contains("tried again");
            pool.finishStart();
            assertThat(pool.isWaiting(later)).isFalse();
        }

        @Test
        void areNotRepeatedForSparesBeforeTheNextAcquire() {
            pool.take(red, ANYONE, 2);
            while (!pool.toStart.isEmpty()) {
                pool.failStart("too many");
            }
            pool.pass(DrivenPool.LULL);
            assertThat(pool.toStart).isEmpty();
            assertThat(pool.warnings).isNotEmpty().allMatch(warning -> warning.startsWith("No spare container"));

            pool.take(red, ANYONE, 2);
            pool.pass(DrivenPool.LULL);

            assertThat(pool.toStart).as("of a spare").isNotEmpty();
        }
    }

    @Nested
    class Closing {

        @Test
        void removesWhatIsInUseAndSparesAtOnce() {
            Slot used = pool.take(red, ANYONE, 1);
            Slot spare = pool.finishStart();

            pool.close();

            assertThat(pool.toRemove).containsExactlyInAnyOrder(used, spare);
        }

        @Test
        void removesWhatStartsLater() {
            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);
            pool.close();
            assertThat(pool.failed.get(acquire)).hasMessage("The pool of sandboxes is closed");
            assertThat(pool.state.isBusy()).isTrue();

            Slot started = pool.finishStart();

            assertThat(pool.toRemove).containsExactly(started);
            pool.finishRemoval();
            assertThat(pool.state.isBusy()).isFalse();
        }

        @Test
        void forgetsStartsThatArePutOff() {
            pool.take(red, ANYONE, 2);
            pool.finishStart();
            pool.take(red, ANYONE, 1);
            assertThat(pool.state.counts()).containsEntry(Phase.START_PUT_OFF, 1L);

            pool.close();

            assertThat(pool.toStart).isEmpty();
            assertThat(pool.state.counts()).containsOnlyKeys(Phase.REMOVING);
        }

        @Test
        void failsLaterAcquires() {
            pool.close();

            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);

            assertThat(pool.failed.get(acquire)).isInstanceOf(IllegalStateException.class);
            assertThat(pool.toStart).isEmpty();
        }

        @Test
        void doesNothingToWhatIsGivenBackLater() {
            Slot used = pool.take(red, ANYONE, 0);
            pool.close();
            pool.giveBack(used);
            pool.finishRemoval();
            pool.giveBack(used);

            assertThat(pool.toRemove).isEmpty();
            assertThat(pool.state.counts()).isEqualTo(Map.of());
        }
    }

    @Nested
    class Kinds {

        @Test
        void areForgottenWhenNothingIsLeftOfThem() {
            Slot used = pool.take(red, ANYONE, 0);
            pool.cancel(red);
            pool.cancel(blue);
            assertThat(pool.state.kinds()).isEqualTo(1);

            pool.giveBack(used);
            pool.pass(DrivenPool.LULL);
            pool.finishRemoval();

            assertThat(pool.state.kinds()).isZero();
        }

        @Test
        void areKeptWhileTheyAreWaitedFor() {
            max(1);
            Slot only = pool.take(blue, ANYONE, 0);
            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);
            pool.cancel(red);

            pool.giveBack(only);
            pool.finishRemoval();
            pool.withdraw(acquire);
            Slot started = pool.finishStart();
            pool.pass(DrivenPool.LULL);

            assertThat(pool.toRemove).containsExactly(started);
        }

        @Test
        void giveNothingMoreToACancelledReservation() {
            pool.cancel(red);

            assertThatThrownBy(() -> pool.acquire(red, ANYONE, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
        }
    }
}
