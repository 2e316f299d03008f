package org.junitsandbox.benchmark;

import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a test waits for its clean sandbox: from the end of the use before it to the end of a first command in the
 * new one. Each use lasts half a second, which is left out of the time.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = ResetBenchmark.WARM_UPS)
@Measurement(iterations = ResetBenchmark.SAMPLES)
@Fork(1)
public class ResetBenchmark {

    static final int WARM_UPS = 3;

    static final int SAMPLES = 30;

    private static final String USE = "sleep 0.5";

    static final String FIRST_COMMAND = "true";

    /** A shell of which use was made. */
    @State(Scope.Benchmark)
    public static class UsedShell extends OpenShell {

        @Setup(Level.Invocation)
        public void use() {
            shell.run(USE);
        }
    }

    /** A test under JUnit that has made its use of its shell, and is about to end. */
    @State(Scope.Benchmark)
    public static class UsedTest {

        private final HandOver handOver = HandOver.INSTANCE;
        private Shell shell;

        @Setup
        public void start() throws InterruptedException {
            shell = handOver.start();
        }

        @Setup(Level.Invocation)
        public void use() {
            shell.run(USE);
        }

        void next() throws InterruptedException {
            shell = handOver.next();
        }

        @TearDown
        public void finish() throws InterruptedException {
            handOver.finish();
        }
    }

    @Benchmark
    public CommandResult shellReset(UsedShell used) {
        used.shell.reset();
        return used.shell.run(FIRST_COMMAND);
    }

    @Benchmark
    public void junitMethods(UsedTest used) throws InterruptedException {
        used.next();
    }
}
