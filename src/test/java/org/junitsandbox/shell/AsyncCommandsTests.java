package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncCommandsTests {

    /** Threads of which only the first can be started: that of the commands. */
    private static final class OneThread {

        private final AtomicInteger count = new AtomicInteger();

        Thread of(Runnable task) {
            return count.getAndIncrement() == 0
                    ? new Thread(task)
                    : new Thread(task) {
                        @Override
                        public synchronized void start() {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                    };
        }
    }

    @Test
    @SuppressWarnings("NullAway") // no command here uses the session
    void completesAFutureThoughNoThreadCanBeStartedForThat() {
        SessionTurns turns = new SessionTurns(null, new TranscriptRecorder());
        AsyncCommands commands = new AsyncCommands(turns, new OneThread()::of);
        Activity activity = Activity.resetting();

        CompletableFuture<String> good = commands.run(activity, session -> "done");
        CompletableFuture<String> bad = commands.run(activity, session -> {
            throw new IllegalStateException("broken");
        });

        assertThat(good).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("done");
        assertThat(bad).failsWithin(Duration.ofSeconds(30)).withThrowableThat().withMessageContaining("broken");
        commands.close();
    }

    /** As when another thread closes the shell while this one is about to use it. */
    @Test
    @SuppressWarnings("NullAway") // the session is not reached
    void refusesCommandsAsSoonAsTheShellIsClosed() {
        SessionTurns turns = new SessionTurns(null, new TranscriptRecorder());
        AsyncCommands commands = new AsyncCommands(turns);

        assertThatThrownBy(() -> turns.close(() -> {
                    commands.close();
                    CompletableFuture<String> unused = commands.run(Activity.resetting(), session -> "done");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot reset the sandbox: the shell is closed");
        assertThat(turns.areTaken()).isFalse();
    }
}
