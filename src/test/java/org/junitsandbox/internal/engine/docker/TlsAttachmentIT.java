package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.SelfSigned;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.stream.StandardStream;
import org.testcontainers.dockerclient.TransportConfig;

/** A container of an engine behind TLS, which docker-java's transport attaches to. */
@Timeout(120)
class TlsAttachmentIT {

    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

    /** Null with an engine that it cannot stand before. */
    private static @Nullable EngineProxy proxy;
    private static ContainerEngine engine;

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @BeforeAll
    static void connect(@TempDir Path folder) throws Exception {
        SSLContext tls = SelfSigned.context(folder);
        EngineProxy started = new EngineProxy(tls.getServerSocketFactory());
        proxy = started;
        TransportConfig transport = TransportConfig.builder()
                .dockerHost(started.address())
                .sslConfig(() -> tls)
                .build();
        engine = OtherEngine.connect(transport, DockerEngine.CALL_TIMEOUT);
    }

    @AfterAll
    static void disconnect() throws IOException {
        EngineProxy started = proxy;
        if (started != null) {
            started.close();
        }
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private boolean receive(AttachedContainer container, long timeoutNanos) throws IOException {
        return container.receive(
                timeoutNanos,
                (stream, bytes, offset, length) ->
                        (stream == StandardStream.STDERR ? stderr : stdout).write(bytes, offset, length));
    }

    private void receiveAtLeast(AttachedContainer container, int bytes) throws IOException {
        while (stdout.size() < bytes) {
            int before = stdout.size();
            assertThat(receive(container, PATIENCE)).as("the streams have not ended").isTrue();
            assertThat(stdout.size()).as("something came in time").isGreaterThan(before);
        }
    }

    @Test
    void receivesBothStreamsAndTheirEnd() throws Exception {
        ContainerConfig config = TestEngine.config("read word; echo \"got $word\"; echo no $word >&2");
        try (AttachedContainer container = engine.start(config)) {
            container.send("tea\n".getBytes(UTF_8));
            while (receive(container, PATIENCE)) {
                assertThat(stdout.size() + stderr.size()).as("something came in time").isPositive();
            }

            assertThat(stdout.toString(UTF_8)).isEqualTo("got tea\n");
            assertThat(stderr.toString(UTF_8)).isEqualTo("no tea\n");
            assertThat(container.state()).isEqualTo(AttachedContainer.State.ENDED);
        }
    }

    @Test
    void receivesMegabytesAsTheyWereSent() throws Exception {
        byte[] sent = new byte[4 << 20];
        new Random(1).nextBytes(sent);
        try (AttachedContainer container = engine.start(TestEngine.config("cat"))) {
            for (int offset = 0; offset < sent.length; offset += 1 << 18) {
                container.send(Arrays.copyOfRange(sent, offset, offset + (1 << 18)));
            }
            receiveAtLeast(container, sent.length);

            assertThat(stdout.toByteArray()).isEqualTo(sent);
            assertThat(container.state()).isEqualTo(AttachedContainer.State.RUNNING);
        }
    }

    @Test
    void endsAWaitInTimeOrByAnInterrupt() throws Exception {
        try (AttachedContainer container = engine.start(TestEngine.config("cat"))) {
            assertThat(receive(container, 0)).isTrue();
            assertThat(receive(container, 1_000_000)).isTrue();
            Thread.currentThread().interrupt();
            long start = System.nanoTime();

            assertThat(receive(container, PATIENCE)).isTrue();

            assertThat(System.nanoTime() - start).isLessThan(PATIENCE);
            assertThat(Thread.interrupted()).isTrue();
            container.send("still here".getBytes(UTF_8));
            receiveAtLeast(container, 10);
            assertThat(stdout.toString(UTF_8)).isEqualTo("still here");
        }
    }

    @Test
    void removesTheContainerAndEndsAWaitWhenClosed() throws Exception {
        AttachedContainer container = engine.start(TestEngine.config("echo ready; cat"));
        receiveAtLeast(container, 6);
        CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> {
            try {
                return receive(container, PATIENCE);
            } catch (IOException e) {
                // What a wait meets that begins after the end.
                assertThat(e).hasMessage("the container was closed");
                return false;
            }
        });
        container.close();

        assertThat(waits).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
        assertThat(TestEngine.containers()).isEmpty();
    }
}
