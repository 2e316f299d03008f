package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time from the start of a JVM to a command's printed result. JMH's own forks start the clock when the JVM is
 * already up, so each sample here starts another JVM. One warm-up loads the class path into the system's cache.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
@Fork(1)
@State(Scope.Benchmark)
public class JvmStartBenchmark {

    private JavaProcess process;

    @Benchmark
    public String junitSandbox() throws IOException {
        return firstResult(FirstSandboxResult.class);
    }

    @Benchmark
    public String testcontainers() throws IOException {
        return firstResult(FirstContainerResult.class);
    }

    @TearDown(Level.Invocation)
    public void end() throws IOException {
        process.close();
    }

    private String firstResult(Class<?> main) throws IOException {
        process = JavaProcess.start(main);
        String result = process.nextLine();
        if (!result.equals("first")) {
            throw new IOException("Expected the result 'first', found: " + result);
        }
        return result;
    }
}
