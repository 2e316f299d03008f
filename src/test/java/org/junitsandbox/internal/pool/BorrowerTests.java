package org.junitsandbox.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BorrowerTests {

    private static final Borrower OUTER = Borrower.inScope("outer", "class A", "class A");
    private static final Borrower INNER = Borrower.inScope("inner", "class A/method b", "class A/method b");

    @Test
    void isTheCallingThreadUnlessItActsForAnother() {
        assertThat(Borrower.current())
                .hasToString("thread " + Thread.currentThread().getName() + " ("
                        + Thread.currentThread().getId() + ")");
    }

    @Test
    void isTheInnermostThatTheThreadActsFor() {
        List<Borrower> seen = OUTER.call(
                () -> List.of(Borrower.current(), INNER.call(Borrower::current), Borrower.current()));

        assertThat(seen).containsExactly(OUTER, INNER, OUTER);
        assertThat(Borrower.current()).isNotIn(OUTER, INNER);
    }

    @Test
    void endsWithACallThatFails() {
        assertThatThrownBy(() -> OUTER.call(() -> {
                    throw new IllegalStateException("no image");
                }))
                .hasMessage("no image");

        assertThat(Borrower.current()).isNotSameAs(OUTER);
    }

    @Test
    void isOfOneThreadOnly() {
        Borrower ofAnotherThread = OUTER.call(() -> CompletableFuture.supplyAsync(
                        Borrower::current, task -> new Thread(task).start())
                .join());

        assertThat(ofAnotherThread).isNotSameAs(OUTER);
    }

    @Test
    void outlastsThoseInItsScopeOnly() {
        assertThat(OUTER.outlasts(INNER)).isTrue();
        assertThat(OUTER.outlasts(OUTER)).isTrue();
        assertThat(INNER.outlasts(OUTER)).isFalse();
        assertThat(OUTER.outlasts(Borrower.current())).isFalse();
        assertThat(Borrower.current().outlasts(Borrower.current())).isFalse();
    }
}
