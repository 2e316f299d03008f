package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsandbox.internal.pool.PoolUnderTest.RED;
import static org.junitsandbox.internal.pool.PoolUnderTest.await;
import static org.junitsandbox.internal.pool.PoolUnderTest.path;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.pool.KeyedState.Phase;

/** A pool with its threads: its spares, and what it puts off. */
@Timeout(20)
class ContainerPoolSparesTests {

    @AutoClose
    private final PoolUnderTest pool = new PoolUnderTest();

    @Test
    void startsNoSpareWhenNoMoreAreAnnounced() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.acquire(reservation, path("a"), 0);
        pool.acquire(reservation, path("a"), 0);
        pool.cancel(reservation);

        assertThat(pool.engine.started()).hasSize(2);
        assertThat(pool.engine.alive()).isEqualTo(2);
    }

    @Test
    void startsTheNextWhileOneIsInUseAndHandsItOut() throws Exception {
        Reservation reservation = pool.reserve(RED);

        ReadyContainer first = pool.acquire(reservation, path("a"), 1);
        pool.awaitSpare();
        ReadyContainer second = pool.acquire(reservation, path("b"), 0);

        assertThat(second.container()).isNotSameAs(first.container());
        assertThat(pool.engine.started()).hasSize(2);
    }

    @Test
    void removesSparesWhoseReservationIsCancelled() throws Exception {
        pool.spares(1);
        Reservation reservation = pool.reserve(RED);
        Reservation other = pool.reserve(RED);
        pool.acquire(reservation, path("a"), 5);
        pool.acquire(other, path("b"), 5);
        pool.awaitSpare();

        pool.cancel(reservation);
        pool.cancel(other);
        pool.cancel(other);

        await(() -> pool.engine.alive() == 2);
        assertThat(pool.counts()).doesNotContainKey(Phase.SPARE);
        assertThat(pool.engine.started()).hasSize(3);
    }

    @Test
    void startsMoreSparesWhenTheyAreMissedUpToTheEnginesCpus() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.giveBack(pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        await(() -> pool.counts().equals(Map.of(Phase.SPARE, 1L)));

        pool.engine.holdStarts();
        pool.giveBack(pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        CompletableFuture<AttachedContainer> missed =
                pool.later(() -> pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        pool.engine.letStart(1);
        missed.join();
        CompletableFuture<AttachedContainer> missedAgain =
                pool.later(() -> pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        pool.engine.letStart(1000);
        missedAgain.join();

        await(() -> pool.engine.started().size() == 6
                && pool.counts().equals(Map.of(Phase.SPARE, 2L, Phase.IN_USE, 2L)));
    }

    @Test
    void keepsAsManySparesAsConfigured() throws Exception {
        pool.spares(3);

        pool.acquire(pool.reserve(RED), path("a"), 10);

        pool.awaitCounts(Map.of(Phase.IN_USE, 1L, Phase.SPARE, 3L));
        assertThat(pool.engine.started()).hasSize(4);
    }

    @Test
    void handsOutNoSpareThatDiedWhileItWaited() throws Exception {
        Reservation reservation = pool.reserve(RED);
        ReadyContainer first = pool.acquire(reservation, path("a"), 1);
        FakeEngine.Container spare = pool.spareBeside(first);
        spare.die();

        ReadyContainer second = pool.acquire(reservation, path("b"), 0);

        assertThat(second.container()).isSameAs(pool.engine.started().get(2));
        await(spare::isClosed);
    }

    @Test
    void triesASpareThatFailedAgainOnlyWhenOneIsAskedFor() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> first = pool.later(() -> pool.acquire(reservation, path("a"), 2));
        pool.engine.failNextStart("too many");
        pool.engine.letStart(1);
        assertThatThrownBy(first::join).hasRootCauseMessage("too many");
        pool.engine.failNextStart("still too many");
        pool.engine.letStart(1000);
        pool.awaitCounts(Map.of());

        ReadyContainer next = pool.acquire(reservation, path("a"), 0);

        assertThat(pool.engine.started()).containsExactly((FakeEngine.Container) next.container());
    }

    @Test
    void putsOffStartsAndRemovalsUntilSomebodyWaits() throws Exception {
        pool.lull(Duration.ofHours(1), OptionalInt.empty(), 100);
        Reservation reservation = pool.reserve(RED);
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> first =
                pool.later(() -> pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        await(() -> pool.engine.alive() == 2);
        pool.engine.letStart(1000);
        first.join();
        pool.awaitCounts(Map.of(Phase.SPARE, 1L, Phase.IN_USE, 1L));
        pool.giveBack(pool.acquire(reservation, path("b"), Integer.MAX_VALUE));
        pool.awaitCounts(Map.of(Phase.IN_USE, 1L, Phase.START_PUT_OFF, 1L, Phase.REMOVAL_PUT_OFF, 1L));
        assertThat(pool.engine.started()).as("started").hasSize(2);
        assertThat(pool.engine.alive()).as("not removed").isEqualTo(2);

        pool.acquire(reservation, path("c"), 0);

        assertThat(pool.engine.started()).hasSize(3);
    }

    @Test
    void putsOffNoRemovalThatMakesRoomForABorrowerThatWaits() throws Exception {
        pool.lull(Duration.ofHours(1), OptionalInt.of(0), 1);
        pool.giveBack(pool.acquire(RED, "a"));

        assertThat(pool.acquire(RED, "b").container()).isSameAs(pool.engine.started().get(1));
    }

    @Test
    void forgetsStartsThatNobodyWantsAfterTheLull() throws Exception {
        pool.lull(Duration.ofMillis(50), OptionalInt.empty(), 100);
        pool.engine.holdStarts();
        Reservation reservation = pool.reserve(RED);
        CompletableFuture<AttachedContainer> first =
                pool.later(() -> pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        await(() -> pool.engine.alive() == 2);
        pool.engine.letStart(2);
        first.join();
        pool.awaitSpare();
        pool.acquire(reservation, path("b"), Integer.MAX_VALUE);

        pool.cancel(reservation);

        pool.awaitCounts(Map.of(Phase.IN_USE, 2L));
        assertThat(pool.engine.started()).hasSize(2);
    }

    @Test
    void putsOffNoRemovalAndForgetsStartsWhenItIsClosed() throws Exception {
        pool.lull(Duration.ofHours(1), OptionalInt.empty(), 100);
        Reservation reservation = pool.reserve(RED);
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> first =
                pool.later(() -> pool.acquire(reservation, path("a"), Integer.MAX_VALUE));
        await(() -> pool.engine.alive() == 2);
        pool.engine.letStart(1000);
        first.join();
        pool.awaitSpare();
        pool.giveBack(pool.acquire(reservation, path("b"), Integer.MAX_VALUE));
        pool.awaitCounts(Map.of(Phase.IN_USE, 1L, Phase.START_PUT_OFF, 1L, Phase.REMOVAL_PUT_OFF, 1L));

        pool.closePool();

        assertThat(pool.engine.alive()).isZero();
        assertThat(pool.engine.started()).hasSize(2);
    }
}
