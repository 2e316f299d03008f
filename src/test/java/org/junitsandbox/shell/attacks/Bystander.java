package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;

/** A sandbox that runs harmless commands beside one that is attacked, and checks every result. */
final class Bystander {

    private static final long PAUSE_MILLIS = 50;

    private final Shell shell;

    Bystander(Shell shell) {
        this.shell = shell;
    }

    /** Starts running commands one after the other. */
    Work work() {
        return new Work();
    }

    /** The commands, which run until this is closed. */
    final class Work implements AutoCloseable {

        private final CompletableFuture<Integer> rounds = CompletableFuture.supplyAsync(this::run);
        private volatile boolean ended;

        private int run() {
            int round = 0;
            do {
                String input = "round " + round++;
                CommandResult result = shell.run(
                        Command.of("cat; echo error >&2; (exit " + round % 256 + ")").stdin(input).timeLimit("10s"));
                assertThat(result.stdout()).isEqualTo(input);
                assertThat(result.stderr()).isEqualTo("error\n");
                assertThat(result.outcome()).isEqualTo(new Outcome.Exited(round % 256));
                pause();
            } while (!ended);
            return round;
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Ends the work and asserts that every result was right. */
        void assertUnharmed() throws Exception {
            ended = true;
            assertThat(rounds.get(20, TimeUnit.SECONDS)).isPositive();
        }

        @Override
        public void close() {
            ended = true;
        }
    }
}
