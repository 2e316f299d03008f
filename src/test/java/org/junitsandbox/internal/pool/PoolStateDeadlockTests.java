package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.pool.DrivenPool.RED;
import static org.junitsandbox.internal.pool.DrivenPool.STANDSTILL;
import static org.junitsandbox.internal.pool.DrivenPool.path;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.pool.AcquireQueue.PendingAcquire;
import org.junitsandbox.internal.pool.KeyedState.Slot;

/** What becomes of borrowers that wait while all containers are in use. */
class PoolStateDeadlockTests {

    private DrivenPool pool = DrivenPool.ofMax(2);
    private Reservation red = pool.state.reserve(RED);

    private PendingAcquire acquire(String path) {
        return pool.acquire(red, path(path), 0);
    }

    private Slot take(String path) {
        return pool.take(red, path(path), 0);
    }

    @Nested
    class Deadlock {

        @Test
        void failsABorrowerThatWantsMoreThanThereMayBe() {
            take("test 1");
            take("test 1");

            PendingAcquire third = acquire("test 1");

            assertThat(pool.failed.get(third)).isInstanceOf(PoolExhaustedException.class);
        }

        @Test
        void failsTheLastOfThoseThatWaitForEachOtherAndNamesAll() {
            take("class A");
            Slot ofB = take("class B");

            PendingAcquire a = acquire("class A/test 1");
            PendingAcquire b = acquire("class B/test 2");

            assertThat(pool.failed.get(b))
                    .hasMessageContaining("There is no container for class B/test 2.")
                    .hasMessageContaining("one by class A, which does not end before class A/test 1 gets one more")
                    .hasMessageContaining("one by class B, which does not end before class B/test 2 gets one more");
            assertThat(pool.isWaiting(a)).isTrue();
            pool.giveBack(ofB);
            pool.finishRemoval();
            pool.finishStart();
            assertThat(pool.isWaiting(a)).isFalse();
        }

        @Test
        void failsNoBorrowerThatNobodyWaitsFor() {
            take("class A");
            take("class B");
            acquire("class A/test 1");
            PendingAcquire plain = pool.acquire(red, Borrower.current(), 0);
            PendingAcquire c = acquire("class C/test 3");

            PendingAcquire b = acquire("class B/test 2");

            assertThat(pool.failed).containsOnlyKeys(b);
            assertThat(pool.isWaiting(plain)).isTrue();
            assertThat(pool.isWaiting(c)).isTrue();
        }

        @Test
        void isNotDeclaredWhileOneMayGiveBack() {
            take("class A");
            take("class B");

            assertThat(pool.isWaiting(acquire("class A/test 1"))).isTrue();
        }

        @Test
        void isNotDeclaredWhileARemovalMakesRoom() {
            take("class A");
            Slot other = take("class A");
            pool.giveBack(other);

            PendingAcquire next = acquire("class A/test 1");

            assertThat(pool.isWaiting(next)).isTrue();
        }

        @Test
        void isNotDeclaredForScopesWhoseNamesOnlyBeginAlike() {
            take("class A");
            take("class A");

            assertThat(pool.isWaiting(acquire("class AB/test 1"))).isTrue();
        }
    }

    @Nested
    class PlainThreads {

        @Test
        void waitForContainersThatTheyOpenedThemselves() {
            pool.take(red, Borrower.current(), 0);
            pool.take(red, Borrower.current(), 0);

            PendingAcquire third = pool.acquire(red, Borrower.current(), 0);

            assertThat(pool.isWaiting(third)).isTrue();
        }

        @Test
        void mayGiveBackWhileScopesWaitForEachOther() {
            pool.take(red, Borrower.current(), 0);
            take("test 1");

            PendingAcquire second = acquire("test 1");

            assertThat(pool.isWaiting(second)).isTrue();
        }

        @Test
        void areNotKnownToKeepAScopeFromEndingWhileTheyResetItsContainer() {
            Borrower test = path("test 1");
            pool.take(red, test, 0);
            pool.take(red, test, 0);
            Borrower fromElsewhere = CompletableFuture.supplyAsync(
                            test::ofReplacement, task -> new Thread(task).start())
                    .join();

            assertThat(pool.isWaiting(pool.acquire(red, fromElsewhere, 0))).isTrue();
            PendingAcquire fromItself = pool.acquire(red, test.ofReplacement(), 0);
            assertThat(pool.failed).containsOnlyKeys(fromItself);
        }
    }

    @Nested
    class Standstill {

        @Test
        void isAWarningAndNoFailure() {
            take("somebody");
            Slot second = take("somebody else");
            PendingAcquire first = acquire("me");
            PendingAcquire next = acquire("you");
            assertThat(pool.untilNextSettling()).hasValue(STANDSTILL);

            pool.pass(STANDSTILL);

            assertThat(pool.warnings)
                    .containsExactly("me and 1 more wait for a container, and none came back within 300 s:"
                            + " at most 2 may live at once (sandbox.pool.max), and all are in use:"
                            + "\n  one by somebody\n  one by somebody else\nThe wait goes on until a shell is closed."
                            + " If none will be, allow more containers or interrupt the wait.");
            assertThat(pool.isWaiting(first)).isTrue();
            assertThat(pool.isWaiting(next)).isTrue();
            pool.giveBack(second);
            pool.finishRemoval();
            pool.finishStart();
            assertThat(pool.isWaiting(first)).isFalse();
        }

        @Test
        void isWarnedOfAgainAfterAsLongATime() {
            take("somebody");
            take("somebody else");
            acquire("me");

            pool.pass(STANDSTILL);
            pool.pass(STANDSTILL - 1);
            assertThat(pool.warnings).hasSize(1);
            pool.pass(1);

            assertThat(pool.warnings).hasSize(2);
        }

        @Test
        void beginsAnewWithEachContainerThatIsGiven() {
            take("somebody");
            Slot second = take("somebody else");
            acquire("me");
            acquire("you");
            pool.pass(STANDSTILL - 1);

            pool.giveBack(second);
            pool.finishRemoval();
            pool.finishStart();

            assertThat(pool.untilNextSettling()).hasValue(STANDSTILL);
        }

        @Test
        void isNoneWhileAContainerStarts() {
            take("somebody");
            acquire("me");

            pool.pass(STANDSTILL);

            assertThat(pool.warnings).isEmpty();
        }

        @Test
        void isNoneWhileNobodyWaits() {
            take("somebody");
            take("somebody else");

            pool.pass(STANDSTILL);
            acquire("me");

            assertThat(pool.untilNextSettling()).hasValue(STANDSTILL);
            assertThat(pool.warnings).isEmpty();
        }
    }
}
