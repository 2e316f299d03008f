package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The request to attach and what an engine may answer, by a server written by hand. */
@Timeout(60)
class ChannelAttachmentTests {

    private static final String AGREED = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Hands out an answer in pieces of at most {@code size} bytes. */
    private record Pieces(ByteBuffer answer, int size) implements ReadableByteChannel {

        Pieces(String answer, int size) {
            this(ByteBuffer.wrap(answer.getBytes(ISO_8859_1)), size);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!answer.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(size, target.remaining()), answer.remaining());
            target.put(answer.slice().limit(count));
            answer.position(answer.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static String readAnswer(String answer, int size) throws IOException {
        return new String(UpgradeHandshake.readAnswer(new Pieces(answer, size)), ISO_8859_1);
    }

    @Test
    void readsAnAgreementInPiecesOfAnySize() throws IOException {
        for (int size = 1; size <= AGREED.length(); size++) {
            assertThat(readAnswer(AGREED, size)).as("in pieces of %d", size).isEmpty();
        }
    }

    @Test
    void keepsWhatComesWithTheAgreement() throws IOException {
        assertThat(readAnswer(AGREED + "\1\0\0\0", 1000)).isEqualTo("\1\0\0\0");
        assertThat(readAnswer("HTTP/1.0 200 OK\r\n\r\n\r\n\r\n", 1000)).isEqualTo("\r\n\r\n");
    }

    @Test
    void reportsTheTextOfARefusalInPiecesOfAnySize() {
        String text = "{\"message\":\"No such container: x\"}";
        String refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
        for (int size = 1; size <= refusal.length(); size++) {
            int pieces = size;
            assertThatThrownBy(() -> readAnswer(refusal + "the next answer", pieces))
                    .as("in pieces of %d", size)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the engine answered: HTTP/1.1 404 Not Found")
                    .hasMessageContaining(text);
        }
    }

    @Test
    void reportsARefusalThatBreaksOffOrHasNoLength() {
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nno", 7))
                .hasMessage("the engine answered: HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nno");
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 500 Oops\r\n\r\n", 7))
                .hasMessage("the engine answered: HTTP/1.1 500 Oops");
    }

    @Test
    void reportsAConnectionThatEndsBeforeTheAnswer() {
        assertThatThrownBy(() -> readAnswer("", 1)).hasMessage("the engine ended the connection after: ");
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 101 UPG", 5))
                .hasMessage("the engine ended the connection after: HTTP/1.1 101 UPG");
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        assertThatThrownBy(() -> readAnswer("HTTP/1.1 101 UPGRADED\r\nX: " + "x".repeat(100_000), 10_000))
                .hasMessage("the engine's answer has headers of more than 65536 bytes");
        String refusal = "HTTP/1.1 500 Oops\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        IOException failure = catchThrowableOfType(IOException.class, () -> readAnswer(refusal, 10_000));
        assertThat(failure).hasMessageStartingWith("the engine answered: HTTP/1.1 500 Oops");
        assertThat(failure.getMessage()).hasSizeLessThan(65_600);
    }

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
