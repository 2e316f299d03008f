package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnQueueTests {

    private final TurnQueue queue = new TurnQueue();

    @Test
    void givesTurnsInTheOrderOfAskingToWhicheverThreadAwaitsThem() throws Exception {
        TurnQueue.Turn first = queue.ask();
        TurnQueue.Turn second = queue.ask();
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
            try {
                queue.await(second);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return queue.isHeldByCaller();
        });

        queue.await(first);
        assertThat(queue.isHeldByCaller()).isTrue();
        assertThat(other).isNotDone();
        queue.end(first);

        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.isHeldByCaller()).isFalse();
    }

    @Test
    void skipsATurnThatEndsBeforeItCame() throws Exception {
        TurnQueue.Turn first = queue.ask();
        TurnQueue.Turn second = queue.ask();
        TurnQueue.Turn third = queue.ask();
        queue.end(second);
        queue.end(first);

        queue.await(third);

        assertThat(queue.isHeldByCaller()).isTrue();
    }

    @Test
    void doesNotGiveATurnToAnInterruptedThread() {
        TurnQueue.Turn turn = queue.ask();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.await(turn)).isInstanceOf(InterruptedException.class);
        assertThat(queue.isHeldByCaller()).isFalse();
    }
}
