package org.junitsandbox.benchmark;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.SandboxSpec;
import org.junitsandbox.shell.Shell;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;
import org.testcontainers.utility.DockerImageName;

/** How long a short command takes: ours, a bare attached socket, Testcontainers' exec. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class RunBenchmark {

    private static final String IMAGE = "debian:bookworm-slim";

    @Param({"true", "/bin/true"})
    public String command = "true";

    private Shell shell;
    private AttachedSocket socket;
    private GenericContainer<?> container;

    @Setup
    public void open() throws IOException {
        TransportConfig transport = DockerClientFactory.instance().getTransportConfig();
        URI engine = transport.getDockerHost();
        shell = Shell.open(SandboxSpec.of(IMAGE));
        try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(transport)) {
            socket = new AttachedSocket(client, engine.getPath(), IMAGE);
        }
        container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withCommand("sleep", "3600")
                .withNetworkMode("none");
        container.start();
    }

    @TearDown
    public void close() throws IOException {
        shell.close();
        socket.close();
        container.close();
    }

    @Benchmark
    public CommandResult junitSandbox() {
        return shell.run(command);
    }

    @Benchmark
    public void bareAttachedSocket() throws IOException {
        socket.run(command);
    }

    @Benchmark
    public Object testcontainersExec() throws IOException, InterruptedException {
        return container.execInContainer("/bin/sh", "-c", command);
    }
}
