package org.junitsandbox.benchmark;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;
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
 * The clean-up of a container: from the moment that a used sandbox is given back until the next one is open. No spare
 * hides it. A clean-up that takes too long is not waited for: such a sample is the start of another container.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 50)
@Fork(1)
@State(Scope.Benchmark)
public class CleanUpBenchmark {

    private static final Map<String, String> COMMANDS = Map.of(
            "nothing", "true",
            "1,000 files and 50 MB", "for d in 0 1 2 3 4 5 6 7 8 9; do mkdir $d; (cd $d; seq 100 | xargs touch); done;"
                    + " head -c 50000000 /dev/zero >large",
            "100 processes", "i=0; while [ $i -lt 100 ]; do sleep 1000 & i=$((i + 1)); done");

    @Param({"nothing", "1,000 files and 50 MB", "100 processes"})
    public String left = "nothing";

    private SandboxPool pool;
    private Shell shell;

    @Setup
    public void open() {
        pool = new SandboxPool(PoolSize.DEFAULT.spares(0));
        shell = pool.open(SandboxSpec.of(Images.DEBIAN));
    }

    @Setup(Level.Invocation)
    public void use() {
        if (shell.run(Objects.requireNonNull(COMMANDS.get(left))).exitCode() != 0) {
            throw new IllegalStateException("Nothing was left: " + left);
        }
    }

    @Benchmark
    public void junitSandbox() {
        shell.close();
        shell = pool.open(SandboxSpec.of(Images.DEBIAN));
    }

    @TearDown
    public void close() {
        shell.close();
        pool.close();
    }
}
