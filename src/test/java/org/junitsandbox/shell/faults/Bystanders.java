package org.junitsandbox.shell.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;

/** Sandboxes that run commands all the time while faults strike others, and check every result. */
final class Bystanders implements AutoCloseable {

    private static final int COUNT = 8;

    private final List<Bystander> all;
    private volatile boolean closed;

    Bystanders(ContainerEngine engine) {
        all = IntStream.range(0, COUNT).mapToObj(number -> new Bystander(number, engine)).toList();
        all.forEach(Bystander::start);
    }

    /** Checks that every result so far was right and that each sandbox completes further rounds. */
    void assertTheyContinue(Duration limit) throws Exception {
        // One round may have begun before this call: with two more, one begins and ends after it.
        all.forEach(bystander -> bystander.goal = bystander.rounds.get() + 2);
        for (Bystander bystander : all) {
            Eventually.await(
                    bystander + " completes another round",
                    limit,
                    bystander.rounds::get,
                    rounds -> rounds >= bystander.goal || bystander.failure != null);
            assertThat(bystander.failure).as("%s", bystander).isNull();
        }
    }

    private final class Bystander {

        private final int number;
        private final Shell shell;
        private final AtomicLong rounds = new AtomicLong();
        private long goal;
        private volatile @Nullable Throwable failure;

        Bystander(int number, ContainerEngine engine) {
            this.number = number;
            this.shell = ShellAccess.open(FaultScenario.SPEC, engine);
        }

        void start() {
            Thread thread = new Thread(this::work, toString());
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            try {
                while (!closed) {
                    round();
                }
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    failure = e;
                }
            }
        }

        private void round() {
            String input = this + ", round " + rounds + "\n";
            // All of them without a long pause would keep the CPUs from what is tested.
            String pause = number < 2 ? "0.2" : "1";
            CommandResult result =
                    shell.run(Command.of("tee copy; sleep " + pause + "; cat copy >&2; (exit 7)").stdin(input));
            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(7));
            assertThat(result.stdout()).isEqualTo(input);
            assertThat(result.stderr()).isEqualTo(input);
            rounds.incrementAndGet();
        }

        @Override
        public String toString() {
            return "bystander " + number;
        }
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(bystander -> bystander.shell.close());
    }
}
