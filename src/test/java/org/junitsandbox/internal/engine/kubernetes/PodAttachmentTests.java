package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.engine.kubernetes.ScriptedApiServer.Script;
import org.junitsandbox.internal.stream.StandardStream;

/** The streams of a pod over sockets of the loopback interface, with a server written by hand. */
@Timeout(60)
class PodAttachmentTests {

    private static final long WAIT_NANOS = Duration.ofSeconds(20).toNanos();

    private static final byte[] GO = {'g', 'o'};

    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    private boolean receive(PodAttachment attachment) throws IOException {
        return attachment.receive(
                WAIT_NANOS,
                (stream, bytes, offset, length) ->
                        (stream == StandardStream.STDERR ? stderr : stdout).write(bytes, offset, length));
    }

    private void receiveAll(PodAttachment attachment) throws IOException {
        while (receive(attachment)) {}
    }

    private static void writeHex(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
        socket.getOutputStream().flush();
    }

    /** Agrees, waits for a message, and then sends frames. */
    private static Script frames(String hex) {
        return (request, socket) -> {
            ScriptedApiServer.accept(request, socket);
            readFrame(socket.getInputStream());
            writeHex(socket, hex);
            socket.close();
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksForTheStreamsWithTheUsersCredentials(boolean tls) throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (ScriptedApiServer server = new ScriptedApiServer(folder, tls, List.of((request, socket) -> {
                    asked.complete(request);
                    ScriptedApiServer.accept(request, socket);
                }));
                ClusterAccess access = server.access()) {
            ScriptedApiServer.attach(access).close();

            assertThat(asked.get())
                    .startsWith("GET /prefix/api/v1/namespaces/n/pods/pod/attach?container=sandbox&stdin=true"
                            + "&stdout=true&stderr=true HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
                    .contains("\r\nUpgrade: websocket\r\n", "\r\nSec-WebSocket-Version: 13\r\n")
                    .containsIgnoringCase("\r\nAuthorization: Bearer secret\r\n");
            server.await();
        }
    }

    /** The connection is broken from then on, whoever notices it. */
    @Test
    void reportsWhatBrokeItWhileNobodyUsedIt() throws Exception {
        Script breakTheProtocol = (request, socket) -> {
            ScriptedApiServer.accept(request, socket);
            readFrame(socket.getInputStream());
            writeHex(socket, "8103616263" + "820101");
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(breakTheProtocol));
                ClusterAccess access = server.access();
                PodAttachment attachment = ScriptedApiServer.attach(access)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            attachment.keepAlive();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a text message, where binary ones were agreed on");

            assertThatThrownBy(() -> receive(attachment))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a text message, where binary ones were agreed on");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void separatesTheStreamsAndSeesTheEnd(boolean tls) throws Exception {
        String status = HexFormat.of().formatHex("{\"status\":\"Success\"}".getBytes(ISO_8859_1));
        // The server's first message is empty; a ping is between two pieces of a message.
        String frames = "820101" + "0203016f75" + "8900" + "800174" + "820402657272" + "8215" + "03" + status
                + "880203e8";
        try (ScriptedApiServer server = new ScriptedApiServer(folder, tls, List.of(frames(frames)));
                ClusterAccess access = server.access();
                PodAttachment attachment = ScriptedApiServer.attach(access)) {
            attachment.send(GO);
            receiveAll(attachment);

            assertThat(stdout).hasToString("out");
            assertThat(stderr).hasToString("err");
            assertThat(receive(attachment)).as("after the end").isFalse();
            server.await();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsMuchWhileOutputComes(boolean tls) throws Exception {
        byte[] sent = new byte[16 << 20];
        new Random(1).nextBytes(sent);
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        Script script = (request, socket) -> {
            ScriptedApiServer.accept(request, socket);
            InputStream input = socket.getInputStream();
            ByteArrayOutputStream payloads = new ByteArrayOutputStream();
            while (payloads.size() < sent.length) {
                byte[] message = readFrame(input);
                assertThat(message[0]).as("the channel").isZero();
                payloads.write(message, 1, message.length - 1);
                writeHex(socket, "82020141");
            }
            arrived.complete(payloads.toByteArray());
            writeHex(socket, "880203e8");
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, tls, List.of(script));
                ClusterAccess access = server.access();
                PodAttachment attachment = ScriptedApiServer.attach(access)) {
            attachment.send(sent);
            receiveAll(attachment);

            assertThat(Arrays.mismatch(arrived.get(), sent)).as("the first byte that differs").isEqualTo(-1);
            assertThat(stdout.size()).isEqualTo(sent.length / 65_535 + 1);
            server.await();
        }
    }

    /** Reads one frame of a client and returns its payload without the mask. */
    private static byte[] readFrame(InputStream input) throws IOException {
        byte[] start = input.readNBytes(2);
        int length = start[1] & 0x7f;
        int more = length == 127 ? 8 : length == 126 ? 2 : 0;
        if (more > 0) {
            length = 0;
            for (byte next : input.readNBytes(more)) {
                length = length << 8 | (next & 0xff);
            }
        }
        byte[] mask = input.readNBytes(4);
        byte[] payload = input.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersPingsAlsoWhenIdle(boolean tls) throws Exception {
        CompletableFuture<byte[]> ping = new CompletableFuture<>();
        CompletableFuture<Boolean> pong = new CompletableFuture<>();
        Script script = (request, socket) -> {
            ScriptedApiServer.accept(request, socket);
            ping.complete(readFrame(socket.getInputStream()));
            writeHex(socket, "8902" + "6869" + "82020141");
            while (!Arrays.equals(readFrame(socket.getInputStream()), new byte[] {'h', 'i'})) {}
            pong.complete(true);
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, tls, List.of(script));
                ClusterAccess access = server.access();
                PodAttachment attachment = ScriptedApiServer.attach(access)) {
            while (!pong.isDone()) {
                attachment.keepAlive();
            }

            assertThat(ping.get()).isEmpty();
            while (stdout.size() == 0) {
                assertThat(receive(attachment)).isTrue();
            }
            assertThat(stdout).as("output that came when idle").hasToString("A");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAWaitingSendWhenClosed(boolean tls) throws Exception {
        CompletableFuture<Boolean> reading = new CompletableFuture<>();
        Script script = (request, socket) -> {
            ScriptedApiServer.accept(request, socket);
            socket.getInputStream().readNBytes(100_000);
            reading.complete(true);
        };
        try (ScriptedApiServer server = new ScriptedApiServer(folder, tls, List.of(script));
                ClusterAccess access = server.access()) {
            PodAttachment attachment = ScriptedApiServer.attach(access);
            CompletableFuture<Void> send = CompletableFuture.runAsync(() ->
                    assertThatThrownBy(() -> attachment.send(new byte[100 << 20])).isInstanceOf(IOException.class));
            assertThat(reading.get()).isTrue();
            attachment.close();

            send.get();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8205014142, the connection ended inside a frame",
        "8203014142, 'the connection ended, and the cluster has not reported an end of the streams'",
        "82020441, 'a message on channel 4, where 1 to 3 were agreed on'",
        "82020041, 'a message on channel 0, where 1 to 3 were agreed on'",
        "880603e9677a6970, 'the server closed the streams with code 1001: gzip'",
        "8105, 'the server breaks the protocol of WebSockets: a text message, where binary ones were agreed on'",
        "8211037b226d657373616765223a226f6f227d 880203e8, 'the cluster ended the streams: oo'",
    })
    void reportsAnotherEnd(String frames, String problem) throws Exception {
        try (ScriptedApiServer server = new ScriptedApiServer(folder, false, List.of(frames(frames)));
                ClusterAccess access = server.access()) {
            assertThatThrownBy(() -> {
                        try (PodAttachment attachment = ScriptedApiServer.attach(access)) {
                            attachment.send(GO);
                            receiveAll(attachment);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage(problem);
        }
    }

    @Test
    void reportsACutThroughTls() throws Exception {
        try (ScriptedApiServer server = new ScriptedApiServer(folder, true, List.of(frames("820501")));
                ClusterAccess access = server.access();
                PodAttachment attachment = ScriptedApiServer.attach(access)) {
            attachment.send(GO);

            assertThatThrownBy(() -> receiveAll(attachment)).isInstanceOf(EOFException.class);
        }
    }
}
