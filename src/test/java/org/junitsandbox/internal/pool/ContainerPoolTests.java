package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.EngineException;

@Timeout(20)
class ContainerPoolTests {

    private static final ContainerConfig RED = config("red");
    private static final ContainerConfig BLUE = config("blue");

    private final FakeEngine engine = new FakeEngine(2);
    private final List<Thread> threads = new ArrayList<>();
    private ContainerPool pool = new ContainerPool(engine, "/work", OptionalInt.empty(), 100);

    /** Keeps what it has until its path has got all it waits for, and those below it. */
    private static Borrower path(String path) {
        return Borrower.inScope(path, path, path);
    }

    private static ContainerConfig config(String image) {
        return ContainerConfig.builder(image, List.of("/bin/sh")).build();
    }

    @AfterEach
    void nothingIsLeft() {
        engine.letStart(1000);
        engine.letRemove(1000);
        pool.close();
        assertThat(engine.alive()).isZero();
        assertThat(engine.started()).allMatch(FakeEngine.Container::isClosed);
    }

    private void max(int max) {
        pool = new ContainerPool(engine, "/work", OptionalInt.empty(), max);
    }

    private ReadyContainer take(ContainerConfig config, String borrower) throws Exception {
        return pool.take(config, path(borrower));
    }

    /** Takes in a thread of its own and returns when that thread waits. */
    private CompletableFuture<AttachedContainer> takeLater(Callable<ReadyContainer> take) {
        CompletableFuture<AttachedContainer> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                taken.complete(take.call().container());
            } catch (Exception e) {
                taken.completeExceptionally(e);
            }
        });
        thread.start();
        threads.add(thread);
        await(() -> taken.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return taken;
    }

    /** Waits until the second container is a spare and returns it. */
    private FakeEngine.Container otherThan(ReadyContainer taken) {
        await(() -> pool.count().spares() == 1);
        return engine.started().get(engine.started().get(0) == taken.container() ? 1 : 0);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("Not within the test's time limit");
            }
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void startsNoSpareWhenNoMoreAreAnnounced() throws Exception {
        try (Reservation reservation = pool.reserve(RED)) {
            reservation.take(path("a"), 0);
            reservation.take(path("a"), 0);
        }

        assertThat(engine.started()).hasSize(2);
        assertThat(engine.alive()).isEqualTo(2);
    }

    @Test
    void startsTheNextWhileOneIsInUseAndHandsItOut() throws Exception {
        Reservation reservation = pool.reserve(RED);

        ReadyContainer first = reservation.take(path("a"), 1);
        await(() -> pool.count().spares() == 1);
        ReadyContainer second = reservation.take(path("b"), 0);

        assertThat(second.container()).isNotSameAs(first.container());
        assertThat(engine.started()).hasSize(2);
    }

    @Test
    void removesSparesWhoseDemandEnds() throws Exception {
        pool = new ContainerPool(engine, "/work", OptionalInt.of(1), 100);
        Reservation reservation = pool.reserve(RED);
        Reservation other = pool.reserve(RED);
        reservation.take(path("a"), 5);
        other.take(path("b"), 5);
        await(() -> pool.count().spares() == 1);

        reservation.close();
        other.close();
        other.close();

        await(() -> engine.alive() == 2);
        assertThat(pool.count().spares()).isZero();
        assertThat(engine.started()).hasSize(3);
    }

    @Test
    void startsMoreSparesWhenTheyAreMissedUpToTheEnginesCpus() throws Exception {
        Reservation reservation = pool.reserve(RED);
        pool.release(reservation.take(path("a"), Integer.MAX_VALUE));
        await(() -> pool.count().spares() == 1 && engine.alive() == 1);

        engine.holdStarts();
        pool.release(reservation.take(path("a"), Integer.MAX_VALUE));
        CompletableFuture<AttachedContainer> missed = takeLater(() -> reservation.take(path("a"), Integer.MAX_VALUE));
        engine.letStart(1);
        missed.join();
        CompletableFuture<AttachedContainer> missedAgain =
                takeLater(() -> reservation.take(path("a"), Integer.MAX_VALUE));
        engine.letStart(1000);
        missedAgain.join();

        await(() -> engine.started().size() == 6 && pool.count().equals(new Headcount(0, 2, 2, 0)));
    }

    @Test
    void putsOffStartsAndRemovalsUntilSomebodyWaits() throws Exception {
        pool = lull(Duration.ofHours(1));
        Reservation reservation = pool.reserve(RED);
        engine.holdStarts();
        CompletableFuture<AttachedContainer> first = takeLater(() -> reservation.take(path("a"), Integer.MAX_VALUE));
        await(() -> engine.alive() == 2);
        engine.letStart(1000);
        first.join();
        await(() -> pool.count().equals(new Headcount(0, 1, 1, 0)));
        pool.release(reservation.take(path("b"), Integer.MAX_VALUE));
        await(() -> poolThreads().filter(ContainerPoolTests::isInLull).count() == 2);
        assertThat(engine.started()).as("started").hasSize(2);
        assertThat(engine.alive()).as("not removed").isEqualTo(2);

        reservation.take(path("c"), 0);

        assertThat(engine.started()).hasSize(3);
    }

    private static boolean isInLull(Thread thread) {
        return Stream.of(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("awaitLull"));
    }

    @Test
    void putsOffNoRemovalAndForgetsStartsWhenItIsClosed() throws Exception {
        pool = lull(Duration.ofHours(1));
        Reservation reservation = pool.reserve(RED);
        engine.holdStarts();
        CompletableFuture<AttachedContainer> first = takeLater(() -> reservation.take(path("a"), Integer.MAX_VALUE));
        await(() -> engine.alive() == 2);
        engine.letStart(1000);
        first.join();
        await(() -> pool.count().spares() == 1);
        pool.release(reservation.take(path("b"), Integer.MAX_VALUE));
        await(() -> poolThreads().filter(ContainerPoolTests::isInLull).count() == 2);

        pool.close();

        assertThat(engine.alive()).isZero();
        assertThat(engine.started()).hasSize(2);
    }

    @Test
    void putsOffNoRemovalThatMakesRoomForOneWhoWaits() throws Exception {
        pool = new ContainerPool(engine, "/work", OptionalInt.of(0), 1, Duration.ofMinutes(5), Duration.ofHours(1));
        pool.release(take(RED, "a"));

        assertThat(take(RED, "b").container()).isSameAs(engine.started().get(1));
    }

    @Test
    void forgetsStartsThatNobodyWantsAfterTheLull() throws Exception {
        pool = lull(Duration.ofMillis(50));
        engine.holdStarts();
        Reservation reservation = pool.reserve(RED);
        CompletableFuture<AttachedContainer> first = takeLater(() -> reservation.take(path("a"), Integer.MAX_VALUE));
        await(() -> engine.alive() == 2);
        engine.letStart(2);
        first.join();
        await(() -> pool.count().spares() == 1);
        reservation.take(path("b"), Integer.MAX_VALUE);

        reservation.close();

        await(() -> pool.count().starting() == 0);
        assertThat(engine.started()).hasSize(2);
    }

    private ContainerPool lull(Duration lull) {
        return new ContainerPool(engine, "/work", OptionalInt.empty(), 100, Duration.ofMinutes(5), lull);
    }

    private static Stream<Thread> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("sandbox-pool"));
    }

    @Test
    void keepsAsManySparesAsItIsTold() throws Exception {
        pool = new ContainerPool(engine, "/work", OptionalInt.of(3), 100);

        pool.reserve(RED).take(path("a"), 10);

        await(() -> pool.count().spares() == 3);
        assertThat(engine.started()).hasSize(4);
    }

    @Test
    void handsOutNoSpareThatDiedWhileItWaited() throws Exception {
        Reservation reservation = pool.reserve(RED);
        ReadyContainer first = reservation.take(path("a"), 1);
        FakeEngine.Container spare = otherThan(first);
        spare.die();

        ReadyContainer second = reservation.take(path("b"), 0);

        assertThat(second.container()).isSameAs(engine.started().get(2));
        await(spare::isClosed);
    }

    @Test
    void tellsWhoWaitsThatTheStartFailed() throws Exception {
        engine.failNextStart("no space left on device");

        assertThatThrownBy(() -> take(RED, "a"))
                .isInstanceOf(EngineException.class)
                .hasMessage("no space left on device");
        assertThat(take(RED, "a").container()).isSameAs(engine.started().get(0));
    }

    @Test
    void startsAnotherForWhoCameAfterTheOneThatFailedHadBegun() throws Exception {
        Reservation reservation = pool.reserve(RED);
        engine.holdStarts();
        CompletableFuture<AttachedContainer> first = takeLater(() -> reservation.take(path("a"), 1));
        await(() -> engine.alive() == 2);
        engine.letStart(1);
        first.join();
        engine.failNextStart("the engine went away");
        CompletableFuture<AttachedContainer> second = takeLater(() -> reservation.take(path("b"), 0));
        engine.letStart(1000);

        assertThat(second.join()).isSameAs(engine.started().get(1));
    }

    @Test
    void triesASpareThatFailedAgainOnlyWhenOneIsAskedFor() throws Exception {
        Reservation reservation = pool.reserve(RED);
        engine.holdStarts();
        CompletableFuture<AttachedContainer> first = takeLater(() -> reservation.take(path("a"), 2));
        engine.failNextStart("too many");
        engine.letStart(1);
        assertThatThrownBy(first::join).hasRootCauseMessage("too many");
        engine.failNextStart("still too many");
        engine.letStart(1000);
        await(() -> pool.count().equals(new Headcount(0, 0, 0, 0)));

        ReadyContainer next = reservation.take(path("a"), 0);

        assertThat(engine.started()).containsExactly((FakeEngine.Container) next.container());
    }

    @Test
    void neverHasMoreContainersThanAllowed() {
        max(3);
        Reservation red = pool.reserve(RED);
        Reservation blue = pool.reserve(BLUE);
        List<CompletableFuture<Void>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Borrower user = path("user " + i);
            users.add(CompletableFuture.runAsync(() -> {
                for (int turn = 0; turn < 200; turn++) {
                    try {
                        pool.release((turn % 3 == 0 ? red : blue).take(user, 200 - turn));
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                }
            }, task -> new Thread(task).start()));
        }

        users.forEach(CompletableFuture::join);
        assertThat(engine.mostAlive()).isLessThanOrEqualTo(3);
    }

    @Test
    void servesInTheOrderOfAsking() throws Exception {
        max(1);
        ReadyContainer only = take(RED, "first");
        CompletableFuture<AttachedContainer> second = takeLater(() -> take(BLUE, "second"));
        CompletableFuture<AttachedContainer> third = takeLater(() -> take(RED, "third"));

        pool.release(only);
        AttachedContainer ofSecond = second.join();

        assertThat(ofSecond.id()).isEqualTo("blue1");
        assertThat(third).isNotDone();
        pool.close();
    }

    @Test
    void aSpareOfAnotherKindMakesRoom() throws Exception {
        max(2);
        FakeEngine.Container spare = otherThan(pool.reserve(RED).take(path("a"), 1));

        assertThat(take(BLUE, "b").container().id()).isEqualTo("blue2");

        assertThat(spare.isClosed()).isTrue();
        assertThat(engine.mostAlive()).isEqualTo(2);
    }

    @Test
    void tellsWhoWantsMoreThanThereMayBe() throws Exception {
        max(2);
        take(RED, "test 1");
        take(BLUE, "test 1");

        assertThatThrownBy(() -> take(RED, "test 1"))
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessage("There is no container for test 1. Waiting would never end: at most 2 may live at once"
                        + " (sandbox.pool.max), and all are in use:"
                        + "\n  one by test 1, which does not end before test 1 has got one more"
                        + "\n  one by test 1, which does not end before test 1 has got one more"
                        + "\nRaise sandbox.pool.max, use fewer sandboxes at once in one test, or run fewer tests in parallel.");
    }

    @Test
    void ofThoseWhoWaitForEachOtherTheLastIsToldAndTheOthersGoOn() throws Exception {
        max(2);
        ReadyContainer ofA = take(RED, "class A");
        ReadyContainer ofB = take(RED, "class B");
        CompletableFuture<AttachedContainer> a = takeLater(() -> take(RED, "class A/test 1"));
        CompletableFuture<AttachedContainer> b = takeLater(() -> take(RED, "class B/test 2"));

        assertThatThrownBy(b::join)
                .cause()
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageContaining("one by class A, which does not end before class A/test 1 has got one more")
                .hasMessageContaining("one by class B, which does not end before class B/test 2 has got one more");
        assertThat(a).isNotDone();
        pool.release(ofB);
        assertThat(a.join()).isNotSameAs(ofA.container());
    }

    @Test
    void waitsForSomebodyElseWhoMayYetGiveBack() throws Exception {
        max(2);
        take(RED, "class A");
        ReadyContainer ofB = take(RED, "class B");

        CompletableFuture<AttachedContainer> a = takeLater(() -> take(RED, "class A/test 1"));

        assertThat(a).isNotDone();
        pool.release(ofB);
        assertThat(a.join()).isSameAs(engine.started().get(2));
    }

    @Test
    void waitsForThreadsThatMayHandOnTheirContainers() throws Exception {
        max(2);
        Reservation reservation = pool.reserve(RED);
        ReadyContainer first = reservation.take(Borrower.current(), 0);
        reservation.take(Borrower.current(), 0);

        CompletableFuture<AttachedContainer> third = takeLater(() -> reservation.take(Borrower.current(), 0));

        assertThat(third).isNotDone();
        pool.release(first);
        assertThat(third.join()).isSameAs(engine.started().get(2));
    }

    @Test
    void givesUpWhenNothingComesBack() throws Exception {
        pool = new ContainerPool(engine, "/work", OptionalInt.empty(), 1, Duration.ofMillis(20), Duration.ZERO);
        take(RED, "somebody else");

        assertThatThrownBy(() -> take(RED, "me"))
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageStartingWith("There is no container for me. No container came back within")
                .hasMessageContaining("\n  one by somebody else\n");
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws Exception {
        max(1);
        ReadyContainer only = take(RED, "a");
        CompletableFuture<AttachedContainer> waiting = takeLater(() -> take(RED, "b"));

        threads.get(0).interrupt();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);
        pool.release(only);
        assertThat(take(RED, "c").container()).isSameAs(engine.started().get(1));
    }

    @Test
    void whatWasStartedForOneWhoWasInterruptedIsRemoved() {
        engine.holdStarts();
        CompletableFuture<AttachedContainer> waiting = takeLater(() -> take(RED, "a"));
        await(() -> engine.alive() == 1);
        threads.get(0).interrupt();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);

        engine.letStart(1);

        await(() -> !engine.started().isEmpty() && engine.alive() == 0);
    }

    @Test
    void whatWasStartedForOneWhoseDemandHasEndedIsRemovedWhenItIsInterrupted() throws Exception {
        max(1);
        ReadyContainer only = take(BLUE, "a");
        engine.holdStarts();
        Reservation reservation = pool.reserve(RED);
        CompletableFuture<AttachedContainer> waiting = takeLater(() -> reservation.take(path("b"), 0));
        reservation.close();
        pool.release(only);
        // It is the engine that starts it now: a start that is still put off would be forgotten.
        await(() -> pool.count().equals(new Headcount(1, 0, 0, 0)) && engine.alive() == 1);
        threads.get(0).interrupt();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(InterruptedException.class);

        engine.letStart(1);

        await(() -> engine.started().size() == 2 && engine.alive() == 0);
    }

    @Test
    void aDemandThatHasEndedTakesNoMore() throws Exception {
        Reservation reservation = pool.reserve(RED);
        reservation.close();

        assertThatThrownBy(() -> reservation.take(path("a"), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");

        assertThat(engine.started()).isEmpty();
        assertThat(take(RED, "b").container()).isSameAs(engine.started().get(0));
    }

    @Test
    void removesWhatIsInUseWhenItIsClosed() throws Exception {
        ReadyContainer used = take(RED, "a");

        pool.close();
        pool.release(used);

        assertThat(engine.alive()).isZero();
        assertThatThrownBy(() -> take(RED, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The pool of sandboxes is closed");
    }

    @Test
    void tellsWhoWaitsThatItWasClosedAndRemovesWhatStartsMeanwhile() throws Exception {
        engine.holdStarts();
        CompletableFuture<AttachedContainer> waiting = takeLater(() -> take(RED, "a"));
        await(() -> engine.alive() == 1);
        Thread closing = new Thread(pool::close);
        closing.start();

        assertThatThrownBy(waiting::join).hasStackTraceContaining("The pool of sandboxes is closed");
        engine.letStart(1);

        closing.join();
        assertThat(engine.started()).singleElement().matches(FakeEngine.Container::isClosed);
    }

    @Test
    void waitsForRemovalsWhenItIsClosed() throws Exception {
        ReadyContainer used = take(RED, "a");
        engine.holdRemovals();
        pool.release(used);
        Thread closing = new Thread(pool::close);
        closing.start();
        await(() -> closing.getState() == Thread.State.WAITING);
        assertThat(engine.alive()).isEqualTo(1);

        engine.letRemove(1);

        closing.join();
        assertThat(engine.alive()).isZero();
    }

    @Test
    void hasTheEngineRemoveWhatItLeftBehindWhenAllElseIsGone() throws Exception {
        take(RED, "a");

        pool.close();

        assertThat(engine.leftBehind()).isEqualTo(new FakeEngine.LeftBehind(1, 0));
    }

    @Test
    void leavesNoThread() throws Exception {
        pool.reserve(RED).take(path("a"), 5);

        pool.close();

        // A thread has still to return when its pool of threads has ended.
        await(() -> poolThreads().findAny().isEmpty());
    }
}
