package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsandbox.internal.pool.PoolUnderTest.BLUE;
import static org.junitsandbox.internal.pool.PoolUnderTest.RED;
import static org.junitsandbox.internal.pool.PoolUnderTest.await;
import static org.junitsandbox.internal.pool.PoolUnderTest.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.KeyedState.Phase;

/** A pool with its threads: which borrowers it serves, and what follows from failures, interrupts and its end. */
@Timeout(20)
class ContainerPoolTests {

    @AutoClose
    private final PoolUnderTest pool = new PoolUnderTest();

    @Test
    void reportsAFailedStartToTheBorrowerThatWaits() throws Exception {
        pool.engine.failNextStart("no space left on device");

        assertThatThrownBy(() -> pool.acquire(RED, "a"))
                .isInstanceOf(EngineException.class)
                .hasMessage("no space left on device");
        assertThat(pool.acquire(RED, "a").container()).isSameAs(pool.engine.started().get(0));
    }

    @Test
    void startsAnotherContainerForABorrowerThatCameAfterTheFailedStartHadBegun() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> first = pool.later(() -> pool.acquire(reservation, path("a"), 1));
        await(() -> pool.engine.alive() == 2);
        pool.engine.letStart(1);
        first.join();
        pool.engine.failNextStart("the engine went away");
        CompletableFuture<AttachedContainer> second = pool.later(() -> pool.acquire(reservation, path("b"), 0));
        pool.engine.letStart(1000);

        assertThat(second.join()).isSameAs(pool.engine.started().get(1));
    }

    @Test
    void keepsTheNumberOfContainersWithinTheLimit() {
        pool.max(3);
        Reservation red = pool.reserve(RED);
        Reservation blue = pool.reserve(BLUE);
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Borrower user = path("user " + i);
            users.add(CompletableFuture.runAsync(() -> {
                for (int turn = 0; turn < 200; turn++) {
                    try {
                        pool.giveBack(pool.acquire(turn % 3 == 0 ? red : blue, user, 200 - turn));
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                }
            }, task -> new Thread(task).start()));
        }

        users.forEach(CompletableFuture::join);
        assertThat(pool.engine.mostAlive()).isLessThanOrEqualTo(3);
    }

    @Test
    void servesInTheOrderOfAsking() throws Exception {
        pool.max(1);
        ReadyContainer only = pool.acquire(RED, "first");
        CompletableFuture<AttachedContainer> second = pool.later(() -> pool.acquire(BLUE, "second"));
        CompletableFuture<AttachedContainer> third = pool.later(() -> pool.acquire(RED, "third"));

        pool.giveBack(only);
        AttachedContainer ofSecond = second.join();

        assertThat(ofSecond.id()).isEqualTo("blue1");
        assertThat(third).isNotDone();
        pool.closePool();
    }

    @Test
    void removesASpareOfAnotherKindToMakeRoom() throws Exception {
        pool.max(2);
        FakeEngine.Container spare = pool.spareBeside(pool.acquire(pool.reserve(RED), path("a"), 1));

        assertThat(pool.acquire(BLUE, "b").container().id()).isEqualTo("blue2");

        assertThat(spare.isClosed()).isTrue();
        assertThat(pool.engine.mostAlive()).isEqualTo(2);
    }

    @Test
    void failsABorrowerThatWantsMoreThanThereMayBe() throws Exception {
        pool.max(2);
        pool.acquire(RED, "test 1");
        pool.acquire(BLUE, "test 1");

        assertThatThrownBy(() -> pool.acquire(RED, "test 1"))
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessage("There is no container for test 1. Waiting would never end: at most 2 may live at once"
                        + " (sandbox.pool.max), and all are in use:"
                        + "\n  one by test 1, which does not end before test 1 gets one more"
                        + "\n  one by test 1, which does not end before test 1 gets one more"
                        + "\nRaise sandbox.pool.max, use fewer sandboxes at once in one test, or run fewer tests in"
                        + " parallel.");
    }

    @Test
    void failsTheLastOfThoseThatWaitForEachOtherAndServesTheOthers() throws Exception {
        pool.max(2);
        ReadyContainer ofA = pool.acquire(RED, "class A");
        ReadyContainer ofB = pool.acquire(RED, "class B");
        CompletableFuture<AttachedContainer> a = pool.later(() -> pool.acquire(RED, "class A/test 1"));
        CompletableFuture<AttachedContainer> b = pool.later(() -> pool.acquire(RED, "class B/test 2"));

        assertThatThrownBy(b::join)
                .cause()
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageContaining("one by class A, which does not end before class A/test 1 gets one more")
                .hasMessageContaining("one by class B, which does not end before class B/test 2 gets one more");
        assertThat(a).isNotDone();
        pool.giveBack(ofB);
        assertThat(a.join()).isNotSameAs(ofA.container());
    }

    @Test
    void waitsForAnotherBorrowerThatMayYetGiveBack() throws Exception {
        pool.max(2);
        pool.acquire(RED, "class A");
        ReadyContainer ofB = pool.acquire(RED, "class B");

        CompletableFuture<AttachedContainer> a = pool.later(() -> pool.acquire(RED, "class A/test 1"));

        assertThat(a).isNotDone();
        pool.giveBack(ofB);
        assertThat(a.join()).isSameAs(pool.engine.started().get(2));
    }

    @Test
    void waitsForThreadsThatMayHandOnTheirContainers() throws Exception {
        pool.max(2);
        Reservation reservation = pool.reserve(RED);
        ReadyContainer first = pool.acquire(reservation, Borrower.current(), 0);
        pool.acquire(reservation, Borrower.current(), 0);

        CompletableFuture<AttachedContainer> third = pool.later(() -> pool.acquire(reservation, Borrower.current(), 0));

        assertThat(third).isNotDone();
        pool.giveBack(first);
        assertThat(third.join()).isSameAs(pool.engine.started().get(2));
    }

    @Test
    void endsTheWaitOfAnInterruptedBorrowerAndLosesNothing() throws Exception {
        pool.max(1);
        ReadyContainer only = pool.acquire(RED, "a");
        CompletableFuture<AttachedContainer> waiting = pool.later(() -> pool.acquire(RED, "b"));

        pool.interruptFirstBorrower();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);
        pool.giveBack(only);
        assertThat(pool.acquire(RED, "c").container()).isSameAs(pool.engine.started().get(1));
    }

    @Test
    void removesAStartedContainerOfAnInterruptedBorrower() {
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> waiting = pool.later(() -> pool.acquire(RED, "a"));
        await(() -> pool.engine.alive() == 1);
        pool.interruptFirstBorrower();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);

        pool.engine.letStart(1);

        await(() -> !pool.engine.started().isEmpty() && pool.engine.alive() == 0);
    }

    @Test
    void removesAStartedContainerOfAnInterruptedBorrowerWhoseReservationIsCancelled() throws Exception {
        pool.max(1);
        ReadyContainer only = pool.acquire(BLUE, "a");
        pool.engine.holdStarts();
        Reservation reservation = pool.reserve(RED);
        CompletableFuture<AttachedContainer> waiting = pool.later(() -> pool.acquire(reservation, path("b"), 0));
        pool.cancel(reservation);
        pool.giveBack(only);
        // It is the engine that starts it now: a start that is still put off would be forgotten.
        await(() -> pool.counts().equals(Map.of(Phase.STARTING, 1L)) && pool.engine.alive() == 1);
        pool.interruptFirstBorrower();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);

        pool.engine.letStart(1);

        await(() -> pool.engine.started().size() == 2 && pool.engine.alive() == 0);
    }

    @Test
    void givesNothingMoreToACancelledReservation() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.cancel(reservation);

        assertThatThrownBy(() -> pool.acquire(reservation, path("a"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");

        assertThat(pool.engine.started()).isEmpty();
        assertThat(pool.acquire(RED, "b").container()).isSameAs(pool.engine.started().get(0));
    }

    @Test
    void removesWhatIsInUseWhenItIsClosed() throws Exception {
        ReadyContainer used = pool.acquire(RED, "a");

        pool.closePool();
        pool.giveBack(used);

        assertThat(pool.engine.alive()).isZero();
        assertThatThrownBy(() -> pool.acquire(RED, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The pool of sandboxes is closed");
    }

    @Test
    void failsBorrowersThatWaitWhenItIsClosedAndRemovesWhatStartsMeanwhile() throws Exception {
        pool.engine.holdStarts();
        CompletableFuture<AttachedContainer> waiting = pool.later(() -> pool.acquire(RED, "a"));
        await(() -> pool.engine.alive() == 1);
        Thread closing = new Thread(pool::closePool);
        closing.start();

        assertThatThrownBy(waiting::join).hasStackTraceContaining("The pool of sandboxes is closed");
        pool.engine.letStart(1);

        closing.join();
        assertThat(pool.engine.started()).singleElement().matches(FakeEngine.Container::isClosed);
    }

    @Test
    void waitsForRemovalsWhenItIsClosed() throws Exception {
        ReadyContainer used = pool.acquire(RED, "a");
        pool.engine.holdRemovals();
        pool.giveBack(used);
        Thread closing = new Thread(pool::closePool);
        closing.start();
        await(() -> closing.getState() == Thread.State.WAITING);
        assertThat(pool.engine.alive()).isEqualTo(1);

        pool.engine.letRemove(1);

        closing.join();
        assertThat(pool.engine.alive()).isZero();
    }

    @Test
    void hasTheEngineRemoveWhatItLeftBehindWhenAllElseIsGone() throws Exception {
        pool.acquire(RED, "a");

        pool.closePool();

        assertThat(pool.engine.leftBehind()).isEqualTo(new FakeEngine.LeftBehind(1, 0));
    }

    @Test
    void leavesNoThread() throws Exception {
        pool.acquire(pool.reserve(RED), path("a"), 5);

        pool.closePool();

        // A thread has still to return when its pool of threads has ended.
        await(() -> PoolUnderTest.threads().findAny().isEmpty());
    }
}
