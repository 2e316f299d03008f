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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time that a test waits for its clean sandbox: from the end of the previous use to the end of a first command in
 * the new one. Each use lasts half a second, which is not counted, or ends at once.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = ResetBenchmark.WARM_UPS)
@Measurement(iterations = ResetBenchmark.SAMPLES)
@Fork(1)
public class ResetBenchmark {

    static final int WARM_UPS = 3;

    static final int SAMPLES = 30;

    static final String FIRST_COMMAND = "true";

    /** A shell that has been used. */
    @State(Scope.Benchmark)
    public static class UsedShell extends OpenShell {

        /** How long a use lasts, in seconds. */
        @Param({"0.5", "0"})
        public String lasting = "0";

        @Setup(Level.Invocation)
        public void use() {
            shell.run("sleep " + lasting);
        }
    }

    /** A JUnit test that has used its shell and is about to end. */
    @State(Scope.Benchmark)
    public static class UsedTest {

        /** How long a use lasts, in seconds. */
        @Param({"0.5", "0"})
        public String lasting = "0";

        private final TestStepper stepper = TestStepper.INSTANCE;
        private Shell shell;

        @Setup
        public void start() throws InterruptedException {
            shell = stepper.start();
        }

        @Setup(Level.Invocation)
        public void use() {
            shell.run("sleep " + lasting);
        }

        void next() throws InterruptedException {
            shell = stepper.next();
        }

        @TearDown
        public void finish() throws InterruptedException {
            stepper.finish();
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
