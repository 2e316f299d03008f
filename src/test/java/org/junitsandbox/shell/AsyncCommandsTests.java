package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    /** As when the shell is closed between the call of a user and this one. */
    @Test
    @SuppressWarnings("NullAway") // there is no session to close
    void refusesCommandsAsSoonAsTheShellIsClosed() {
        SessionTurns turns = new SessionTurns(null, new TranscriptRecorder());
        AsyncCommands commands = new AsyncCommands(turns);
        AtomicReference<Throwable> refusal = new AtomicReference<>();

        Throwable end = catchThrowable(() -> turns.close(() -> {
            commands.close();
            refusal.set(catchThrowable(() -> commands.run(Activity.resetting(), session -> "done")));
        }));

        assertThat(end).as("of the session, which is none").isInstanceOf(NullPointerException.class);
        assertThat(refusal.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot reset the sandbox: the shell is closed");
        assertThat(turns.areTaken()).isFalse();
    }
}
