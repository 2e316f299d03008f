package org.junitsandbox.internal.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.harness.SelfSigned;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.OutgoingBytes;

class TlsConnectionTests {

    private static final int RECORDS_BYTES = 64 * 1024;

    /** A connection over a socket that waits for as long as it takes. */
    private record Plain(Socket socket) implements ByteConnection {

        @Override
        public void send(OutgoingBytes bytes) throws IOException {
            for (ByteBuffer piece = bytes.next(); piece != null; piece = bytes.next()) {
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                socket.getOutputStream().write(copy);
            }
        }

        @Override
        public int receive(byte[] buffer, long timeoutNanos) throws IOException {
            return socket.getInputStream().read(buffer);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void endsASendThatANewHandshakeHoldsUp(@TempDir Path folder) throws Exception {
        SSLContext context = SelfSigned.context(folder);
        try (ServerSocket server = context.getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket accepted = server.accept()) {
                    accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client leaves in the middle of a handshake.
                }
            });
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.2"});
            TlsConnection connection =
                    TlsConnection.start(new Plain(socket), engine, System.nanoTime() + 20_000_000_000L);
            beginAgain(engine, socket);

            assertThatThrownBy(() -> connection.send(OutgoingBytes.of(new byte[] {'g', 'o'})))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the TLS connection takes no bytes: a new handshake is under way");

            connection.close();
            served.get();
        }
    }

    /** Gets as far as the server's answer, which has to be worked on. */
    private static void beginAgain(SSLEngine engine, Socket socket) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(RECORDS_BYTES);
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), hello);
        socket.getOutputStream().write(hello.array(), 0, hello.position());
        ByteBuffer answer = ByteBuffer.allocate(RECORDS_BYTES).flip();
        while (engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
            answer.compact();
            int count = socket.getInputStream().read(answer.array(), answer.position(), answer.remaining());
            if (count < 0) {
                throw new IOException("the server ended the connection");
            }
            answer.position(answer.position() + count).flip();
            engine.unwrap(answer, ByteBuffer.allocate(RECORDS_BYTES));
        }
    }
}
