package org.junitsandbox.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.CommandResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of a short command: a built-in of the shell, and a program. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class RunBenchmark {

    @Param({"true", "/bin/true"})
    public String command = "true";

    @Benchmark
    public CommandResult junitSandbox(OpenShell sandbox) {
        return sandbox.shell.run(command);
    }

    @Benchmark
    public void bareAttachedSocket(OpenSocket bare) throws IOException {
        bare.socket.run(command);
    }

    @Benchmark
    public Object testcontainersExec(OpenContainer testcontainers) throws IOException, InterruptedException {
        return testcontainers.container.execInContainer("/bin/sh", "-c", command);
    }

    @Benchmark
    public void dockerExec(OpenContainer testcontainers) throws IOException, InterruptedException {
        DockerProgram.exec(testcontainers.container.getContainerId(), command);
    }
}
