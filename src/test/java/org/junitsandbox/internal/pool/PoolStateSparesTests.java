package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.pool.DrivenPool.BLUE;
import static org.junitsandbox.internal.pool.DrivenPool.LULL;
import static org.junitsandbox.internal.pool.DrivenPool.RED;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Phase;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** How many containers a pool has ready, and when it starts and removes them. */
class PoolStateSparesTests {

    private static final Borrower ANYONE = Borrower.current();
    private static final int NO_END = Integer.MAX_VALUE;

    private DrivenPool pool = DrivenPool.ofMax(100);
    private Reservation red = pool.state.reserve(RED);

    private void spares(int number) {
        pool = DrivenPool.ofSpares(number);
        red = pool.state.reserve(RED);
    }

    private long spares() {
        return pool.state.counts().getOrDefault(Phase.SPARE, 0L);
    }

    /** Lets time pass until nothing is put off, and finishes what begins. */
    private void finishAll() {
        do {
            pool.pass(LULL);
            while (!pool.toStart.isEmpty()) {
                pool.finishStart();
            }
            while (!pool.toRemove.isEmpty()) {
                pool.finishRemoval();
            }
        } while (pool.untilNextSettling().isPresent());
    }

    @Nested
    class Amount {

        @Test
        void isZeroWhereNoMoreAcquiresAreAnnounced() {
            pool.take(red, ANYONE, 0);
            finishAll();

            assertThat(spares()).isZero();
        }

        @Test
        void isOneWhereNoneWasMissed() {
            pool.take(red, ANYONE, NO_END);
            finishAll();
            pool.take(red, ANYONE, NO_END);
            finishAll();

            assertThat(spares()).isEqualTo(1);
        }

        @Test
        void growsByOneWithEachSpareThatWasMissedUpToTheEnginesCpus() {
            pool.giveBack(pool.take(red, ANYONE, NO_END));
            finishAll();
            for (int missed = 0; missed < 3; missed++) {
                pool.giveBack(pool.take(red, ANYONE, NO_END));
                pool.giveBack(pool.take(red, ANYONE, NO_END));
            }
            finishAll();

            assertThat(spares()).isEqualTo(DrivenPool.CPUS);
        }

        @Test
        void isNoMoreThanWhatIsAnnounced() {
            spares(3);
            pool.take(red, ANYONE, 2);
            finishAll();

            assertThat(spares()).isEqualTo(2);
        }

        @Test
        void isTheConfiguredOne() {
            spares(3);
            pool.take(red, ANYONE, 10);
            finishAll();

            assertThat(spares()).isEqualTo(3);
        }

        @Test
        void isZeroIfSoConfigured() {
            spares(0);
            pool.take(red, ANYONE, 10);
            finishAll();

            assertThat(spares()).isZero();
        }

        @Test
        void fallsWhenAReservationIsCancelled() {
            Reservation other = pool.state.reserve(RED);
            pool.take(red, ANYONE, 5);
            finishAll();
            pool.take(other, ANYONE, 5);
            finishAll();

            pool.cancel(red);
            finishAll();
            assertThat(spares()).as("still expected by the other").isEqualTo(1);

            pool.cancel(other);
            pool.cancel(other);
            finishAll();
            assertThat(spares()).isZero();
        }

        @Test
        void startsNoMoreAtOnceThanTheEngineHasCpus() {
            spares(5);

            pool.take(red, ANYONE, 10);

            Map<Phase, Long> counts = pool.state.counts();
            assertThat(counts.getOrDefault(Phase.START_PUT_OFF, 0L) + counts.getOrDefault(Phase.STARTING, 0L))
                    .isEqualTo(DrivenPool.CPUS);
        }
    }

    @Nested
    class Lull {

        /** Has one in use and one spare, takes the spare, and so has the start of the next one put off. */
        private Slot takeSpare() {
            pool.take(red, ANYONE, NO_END);
            finishAll();
            return pool.take(red, ANYONE, NO_END);
        }

        @Test
        void putsOffTheStartOfASpare() {
            takeSpare();
            assertThat(pool.toStart).isEmpty();
            assertThat(pool.untilNextSettling()).hasValue(LULL);

            pool.pass(LULL - 1);
            assertThat(pool.toStart).isEmpty();
            assertThat(pool.untilNextSettling()).hasValue(1);

            pool.pass(1);
            assertThat(pool.toStart).hasSize(1);
            assertThat(pool.untilNextSettling()).isEmpty();
        }

        @Test
        void endsForAStartWhenABorrowerWaits() {
            takeSpare();

            PendingAcquire acquire = pool.acquire(red, ANYONE, 0);
            Slot started = pool.finishStart();

            assertThat(pool.slotOf(acquire)).isSameAs(started);
        }

        @Test
        void goesOnForAStartWhenABorrowerWaitsForAnotherKind() {
            takeSpare();

            pool.acquire(pool.state.reserve(BLUE), ANYONE, 0);

            assertThat(pool.toStart).extracting(Slot::config).containsExactly(BLUE);
        }

        @Test
        void putsOffARemoval() {
            Slot used = takeSpare();

            pool.giveBack(used);
            pool.pass(LULL - 1);
            assertThat(pool.toRemove).isEmpty();
            pool.pass(1);

            assertThat(pool.toRemove).containsExactly(used);
        }

        @Test
        void goesOnForARemovalWhenABorrowerWaitsAndThereIsRoom() {
            pool.giveBack(takeSpare());

            pool.acquire(red, ANYONE, 0);

            assertThat(pool.toRemove).isEmpty();
        }

        @Test
        void endsForARemovalWhenItsRoomIsNeeded() {
            pool = DrivenPool.ofMax(1);
            red = pool.state.reserve(RED);
            Slot only = pool.take(red, ANYONE, 0);
            pool.giveBack(only);
            assertThat(pool.toRemove).isEmpty();

            pool.acquire(red, ANYONE, 0);

            assertThat(pool.toRemove).containsExactly(only);
        }

        @Test
        void halvesWithEachSpareThatWasMissed() {
            takeSpare();
            pool.take(red, ANYONE, NO_END);
            finishAll();

            pool.take(red, ANYONE, NO_END);

            assertThat(pool.untilNextSettling()).hasValue(LULL / 2);
        }

        @Test
        void forgetsAStartThatNobodyWantsAtItsEnd() {
            takeSpare();

            pool.cancel(red);
            assertThat(pool.state.counts()).isEqualTo(Map.of(Phase.IN_USE, 2L, Phase.START_PUT_OFF, 1L));
            pool.pass(LULL);

            assertThat(pool.toStart).isEmpty();
            assertThat(pool.state.counts()).isEqualTo(Map.of(Phase.IN_USE, 2L));
        }

        @Test
        void givesTheRoomOfAForgottenStartToABorrowerThatWaits() {
            pool = DrivenPool.ofMax(3);
            red = pool.state.reserve(RED);
            takeSpare();
            pool.acquire(pool.state.reserve(BLUE), ANYONE, 0);
            assertThat(pool.toStart).isEmpty();

            pool.cancel(red);
            pool.pass(LULL);

            assertThat(pool.toStart).extracting(Slot::config).containsExactly(BLUE);
        }
    }
}
