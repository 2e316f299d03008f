package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.testcontainers.dockerclient.TransportConfig;

/** One ping of an engine over a connection of its own: docker-java logs and repeats what fails. */
final class EnginePing {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final String REQUEST = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";

    /** More than the headers and the message that an engine answers with. */
    private static final int MAX_ANSWER_BYTES = 16 * 1024;

    private EnginePing() {}

    /**
     * Returns the answer, cut where it gets long. May wait forever for it.
     *
     * @throws IOException if there is no connection, or if it breaks
     */
    static String answer(TransportConfig transport) throws IOException, GeneralSecurityException {
        URI address = transport.getDockerHost();
        if ("unix".equals(address.getScheme())) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(address.getPath()));
                return exchange(Channels.newOutputStream(channel), Channels.newInputStream(channel));
            }
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), (int) CONNECT_TIMEOUT.toMillis());
            SSLConfig tls = transport.getSslConfig();
            if (tls == null) {
                return exchange(socket.getOutputStream(), socket.getInputStream());
            }
            try (Socket secured = tls.getSSLContext()
                    .getSocketFactory()
                    .createSocket(socket, address.getHost(), address.getPort(), true)) {
                ((SSLSocket) secured).startHandshake();
                return exchange(secured.getOutputStream(), secured.getInputStream());
            }
        }
    }

    private static String exchange(OutputStream output, InputStream input) throws IOException {
        output.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        output.flush();
        return new String(input.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
    }
}
