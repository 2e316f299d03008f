package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.stream.OutgoingBytes;
import org.junitsandbox.internal.text.Excerpt;

/** The request that turns a connection into a WebSocket, and its answer: RFC 6455, section 4. */
final class WebSocketHandshake {

    /** Four output channels and stdin, one byte before each message; all versions of Kubernetes know it. */
    static final String PROTOCOL = "v4.channel.k8s.io";

    /** What a server appends to the key, to prove that it knows the protocol. */
    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final SecureRandom RANDOM = new SecureRandom();

    private WebSocketHandshake() {}

    /**
     * Asks for a WebSocket.
     *
     * @return the first bytes after the answer, if some have come already
     * @throws RefusedException if the server answers with an error
     */
    static byte[] perform(
            ByteConnection connection, URI uri, Map<String, List<String>> headers, long deadlineNanos)
            throws IOException {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        connection.send(OutgoingBytes.of(request(uri, headers, key).getBytes(ISO_8859_1)));
        HttpReply reply = HttpReply.receive(connection, deadlineNanos);
        if (reply.status() != 101) {
            throw RefusedException.of(reply);
        }
        check(reply, key);
        return reply.rest();
    }

    private static String request(URI uri, Map<String, List<String>> headers, String key) throws IOException {
        StringBuilder request = new StringBuilder("GET ")
                .append(uri.getRawPath())
                .append('?')
                .append(uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getRawAuthority())
                .append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Protocol: " + PROTOCOL + "\r\nSec-WebSocket-Key: ")
                .append(key)
                .append("\r\n");
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                if (value.matches("(?s).*[\r\n].*")) {
                    throw new IOException("the header " + header.getKey() + " has a line break");
                }
                request.append(header.getKey()).append(": ").append(value).append("\r\n");
            }
        }
        return request.append("\r\n").toString();
    }

    private static void check(HttpReply reply, String key) throws IOException {
        if (!reply.has("upgrade", "websocket") || !reply.has("connection", "upgrade")) {
            throw new IOException("the server switches to another protocol: " + reply.values("upgrade"));
        }
        List<String> accepted = reply.values("sec-websocket-accept");
        if (!accepted.equals(List.of(acceptance(key)))) {
            throw new IOException("the server's answer belongs to another request: its Sec-WebSocket-Accept is "
                    + Excerpt.line(accepted.toString()));
        }
        List<String> protocols = reply.values("sec-websocket-protocol");
        if (!protocols.equals(List.of(PROTOCOL))) {
            throw new IOException("the server does not speak " + PROTOCOL + ", but "
                    + Excerpt.line(protocols.toString()));
        }
        List<String> extensions = reply.values("sec-websocket-extensions");
        if (!extensions.isEmpty()) {
            throw new IOException("the server uses extensions that were not asked for: "
                    + Excerpt.line(extensions.toString()));
        }
    }

    static String acceptance(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + SUFFIX).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
