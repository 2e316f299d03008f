package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.EngineSocket;
import org.junitsandbox.harness.Eventually;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.spec.SandboxSpec;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** Containers, engines and JVMs that go away. */
@DisabledIf(
        value = "org.junitsandbox.harness.Cluster#isUsed",
        disabledReason = "containers are lost by Docker's API here; KubernetesFaultIT has such losses of pods")
class LossIT {

    /**
     * Half of what the library waits for a silent container: what ends sooner was ended by the loss itself. On an idle
     * machine that takes a fraction of a second.
     */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final SandboxSpec BUSYBOX = SandboxSpec.of("busybox:latest");

    private static DockerClient client;

    @BeforeAll
    static void connect() {
        client = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig());
    }

    @AfterAll
    static void disconnect() throws IOException {
        client.close();
    }

    @Test
    void reportsAContainerKilledDuringACommandWithTheOutputSoFar() throws InterruptedException {
        assertReportsLoss(id -> client.killContainerCmd(id).exec());
    }

    @Test
    void reportsAContainerRemovedDuringACommandWithTheOutputSoFar() throws InterruptedException {
        assertReportsLoss(id -> client.removeContainerCmd(id).withForce(true).exec());
    }

    private static void assertReportsLoss(Consumer<String> destroy) throws InterruptedException {
        try (Shell shell = Shell.open(BUSYBOX)) {
            String id = containerId(shell);
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<SandboxLostException> loss = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    SandboxLostException.class,
                    () -> shell.run(
                            Command.of("echo before; sleep 1000").onOutput((stream, bytes) -> running.countDown()))));
            running.await();
            destroy.accept(id);

            assertThat(loss).succeedsWithin(LIMIT).satisfies(exception -> {
                assertThat(exception)
                        .hasMessage("The sandbox was lost while running `echo before; sleep 1000`: container " + id
                                + " has ended; it was killed or removed from outside, its main process was,"
                                + " or its connection was cut.");
                assertThat(exception.stdout()).isEqualTo("before\n");
                assertThat(exception.stderr()).isEmpty();
            });
            assertThatThrownBy(() -> shell.run("true"))
                    .isInstanceOf(SandboxLostException.class)
                    .hasMessageContaining("Cannot run `true`, as the sandbox was lost before: container " + id)
                    .hasMessageContaining("reset() gives the shell a new container");
            shell.reset();
            assertThat(shell.run("echo again").stdout()).isEqualTo("again\n");
        }
    }

    @Test
    void reportsAnEngineLostDuringACommandWithTheOutputSoFar(@TempDir Path home) throws Exception {
        try (LoopbackProxy proxy = new LoopbackProxy(EngineSocket.path());
                SandboxJvm jvm = SandboxJvm.start(
                        "echo before; sleep 1000", Map.of("DOCKER_HOST", proxy.dockerHost()), "-Duser.home=" + home)) {
            String id = jvm.nextLine();
            awaitProcess(id, "sleep 1000");
            long cut = System.nanoTime();
            proxy.cut();

            assertThat(jvm.nextLine())
                    .isEqualTo("The sandbox was lost while running `echo before; sleep 1000`: the container engine went"
                            + " away (container " + id + "). Output so far: before");
            assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(LIMIT);
            awaitRemoved(id);
        }
    }

    @Test
    void removesTheContainerOfAKilledIdleJvm() throws Exception {
        try (SandboxJvm jvm = SandboxJvm.start("", Map.of())) {
            String id = jvm.nextLine();
            assertThat(EngineExec.exists(id)).isTrue();
            jvm.kill();
            awaitRemoved(id);
        }
    }

    @Test
    void removesTheContainerOfAJvmKilledDuringACommand() throws Exception {
        try (SandboxJvm jvm = SandboxJvm.start("sleep 1000", Map.of())) {
            String id = jvm.nextLine();
            awaitProcess(id, "sleep 1000");
            jvm.kill();
            awaitRemoved(id);
        }
    }

    @Test
    void passesAGibibyteOfOutputThroughASmallHeap() throws IOException {
        try (SandboxJvm jvm = SandboxJvm.start("head -c 1073741824 /dev/zero", Map.of(), "-Xmx64m")) {
            assertThat(jvm.nextLine()).hasSize(64);
            assertThat(jvm.nextLine())
                    .isEqualTo("exited with code 0 after more output than the limit of 8 MiB, 1073741824 bytes");
        }
    }

    @Test
    void removesTheContainerOnClose() {
        String id;
        try (Shell shell = Shell.open(BUSYBOX)) {
            id = containerId(shell);
            assertThat(EngineExec.exists(id)).isTrue();
        }
        assertThat(EngineExec.exists(id)).isFalse();
    }

    @Test
    void closesWithoutWaitingForAProcessThatNeverStopsWriting() {
        Shell shell = Shell.open(BUSYBOX);
        String id = containerId(shell);
        shell.run("yes &");
        long start = System.nanoTime();
        shell.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(EngineExec.exists(id)).isFalse();
    }

    @Test
    void replacesTheContainerByACleanOneOnReset() {
        try (Shell shell = Shell.open(BUSYBOX.recycle(false))) {
            String id = containerId(shell);
            shell.run("cd /tmp && echo dirt >/work/dirt && name=value");
            shell.reset();

            assertThat(EngineExec.exists(id)).isFalse();
            assertThat(containerId(shell)).isNotEqualTo(id);
            assertThat(shell.run("ls /work; pwd; echo \"$name\"").stdout()).isEqualTo("/work\n\n");
        }
    }

    @Test
    void endsAResetInAnotherThreadOnClose() throws Exception {
        CountDownLatch starting = new CountDownLatch(2);
        CountDownLatch mayStart = new CountDownLatch(1);
        AlteredEngine engine = new AlteredEngine(config -> {
            starting.countDown();
            if (starting.getCount() == 0) {
                awaitInTime(mayStart);
            }
            return config;
        });
        Shell shell = Shell.open(BUSYBOX.recycle(false), engine);
        CompletableFuture<Void> resetting = CompletableFuture.runAsync(shell::reset);
        awaitInTime(starting);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(shell::close);

        assertThatThrownBy(() -> resetting.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The shell was closed while resetting the sandbox.");
        mayStart.countDown();
        closing.get(10, TimeUnit.SECONDS);
        assertThat(engine.started()).isNotEmpty().noneMatch(EngineExec::exists);
    }

    private static void awaitInTime(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted", e);
        }
    }

    private static String containerId(Shell shell) {
        return EngineExec.fullId(EngineExec.containerOf(shell));
    }

    private static void awaitRemoved(String id) throws Exception {
        assertThat(id).hasSize(64);
        Eventually.await("container " + id + " is gone", LIMIT, () -> EngineExec.state(id), EngineExec.GONE::equals);
    }

    private static void awaitProcess(String id, String command) throws Exception {
        Eventually.await(
                command + " runs",
                LIMIT,
                () -> EngineExec.run(id, "/bin/sh", "ps").stdout(),
                processes -> processes.contains(command));
    }
}
