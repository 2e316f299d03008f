package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends and receives over a socket of its own, with a server written by hand. */
@Timeout(60)
class ChannelAttachmentTests {

    private static final String AGREED = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** An engine that answers one connection and keeps it. */
    private static final class Engine implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Socket> connection;

        Engine(String answer) throws IOException {
            connection = CompletableFuture.supplyAsync(() -> answer(answer));
        }

        private Socket answer(String answer) {
            try {
                Socket socket = server.accept();
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                return socket;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        Attachment attach() throws IOException {
            return ChannelAttachment.connect(server.getLocalSocketAddress(), "/containers/x/attach?stream=1");
        }

        @Override
        public void close() throws IOException {
            connection.join().close();
            server.close();
        }
    }

    @Test
    void asksForTheStreamsAndReturnsWhatCameWithTheAgreementFirst() throws IOException {
        try (Engine engine = new Engine(AGREED + "early"); Attachment attachment = engine.attach()) {
            Socket socket = engine.connection.join();
            InputStream request = socket.getInputStream();
            assertThat(new String(request.readNBytes(49), ISO_8859_1))
                    .isEqualTo("POST /containers/x/attach?stream=1 HTTP/1.1\r\nHost");
            socket.getOutputStream().write("later".getBytes(ISO_8859_1));
            socket.shutdownOutput();

            StringBuilder received = new StringBuilder();
            byte[] buffer = new byte[3];
            for (int count = attachment.receive(buffer, SECOND);
                    count >= 0;
                    count = attachment.receive(buffer, SECOND)) {
                received.append(new String(buffer, 0, count, ISO_8859_1));
            }
            assertThat(received).hasToString("earlylater");
        }
    }

    @Test
    void closesARefusedConnection() throws IOException {
        try (Engine engine = new Engine("HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nbusy")) {
            assertThatThrownBy(engine::attach).isInstanceOf(IOException.class).hasMessageEndingWith("busy");

            assertThat(engine.connection.join().getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void endsAWaitingSendWhenClosed() throws Exception {
        try (Engine engine = new Engine(AGREED)) {
            Attachment attachment = engine.attach();
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> sendUntilRefused(attachment));
            // That something came shows that it sends; nobody reads on, so that it comes to wait.
            engine.connection.join().getInputStream().readNBytes(100_000);
            attachment.close();

            assertThat(end.join()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAWaitingSendAtTheEndOfTheStreams() throws Exception {
        try (Engine engine = new Engine(AGREED); Attachment attachment = engine.attach()) {
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> sendUntilRefused(attachment));
            Socket socket = engine.connection.join();
            socket.getInputStream().readNBytes(100_000);
            socket.getOutputStream().write("last words".getBytes(ISO_8859_1));
            socket.shutdownOutput();

            assertThat(end).succeedsWithin(Duration.ofSeconds(10));
            assertThat(end.join()).isInstanceOf(IOException.class).hasMessage("the engine ended the streams");
            byte[] buffer = new byte[100];
            assertThat(new String(buffer, 0, attachment.receive(buffer, SECOND), ISO_8859_1)).isEqualTo("last words");
        }
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void readRequest(InputStream input) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            assertThat(next).as("after %s", request).isNotNegative();
            request.append((char) next);
        }
    }

    @Test
    void sendsBytesUnchangedAndReceivesInOrderWhatComesMeanwhile() throws Exception {
        byte[] sent = randomBytes(32 << 20);
        byte[] answer = randomBytes(1 << 20);
        try (Engine engine = new Engine(AGREED)) {
            Attachment attachment = engine.attach();
            Socket socket = engine.connection.join();
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
                try {
                    readRequest(socket.getInputStream());
                    socket.getOutputStream().write(answer, 0, 1 << 17);
                    byte[] arrived = socket.getInputStream().readNBytes(sent.length);
                    socket.getOutputStream().write(answer, 1 << 17, answer.length - (1 << 17));
                    return arrived;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            attachment.send(sent);

            ByteBuffer received = ByteBuffer.allocate(answer.length);
            byte[] buffer = new byte[10_000];
            while (received.hasRemaining()) {
                int count = attachment.receive(buffer, SECOND);
                assertThat(count).as("after %d bytes", received.position()).isPositive();
                received.put(buffer, 0, count);
            }
            assertThat(received.array()).isEqualTo(answer);
            assertThat(Arrays.mismatch(read.join(), sent))
                    .as("the first byte that arrives as another one")
                    .isEqualTo(-1);
            attachment.close();
            assertThat(socket.getInputStream().readAllBytes()).as("what arrives besides").isEmpty();
        }
    }

    private static Throwable sendUntilRefused(Attachment attachment) {
        byte[] bytes = new byte[1 << 20];
        try {
            while (true) {
                attachment.send(bytes);
            }
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    @Test
    void reachesOnlyAddressesWithoutTlsAndPath() {
        assertThat(ChannelAttachment.address(URI.create("unix:///run/engine.sock"), null)).isPresent();
        assertThat(ChannelAttachment.address(URI.create("tcp://localhost:2375"), null)).isPresent();
        assertThat(ChannelAttachment.address(URI.create("tcp://localhost:2375/behind"), null)).isEmpty();
        assertThat(ChannelAttachment.address(URI.create("npipe:////./pipe/docker_engine"), null)).isEmpty();
        assertThat(ChannelAttachment.address(URI.create("tcp://localhost:2376"), () -> null)).isEmpty();
    }
}
