package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.SelfSigned;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/** A server on the loopback interface that answers one connection after the other as a test wants it. */
final class ScriptedApiServer implements AutoCloseable {

    /** What becomes of one connection. */
    @FunctionalInterface
    interface Script {
        void serve(String request, Socket socket) throws Exception;
    }

    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)");

    private final ServerSocket server;
    private final Path folder;
    private final @Nullable String certificate;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    ScriptedApiServer(Path folder, boolean tls, List<Script> scripts) throws Exception {
        this.folder = folder;
        SSLContext context = tls ? SelfSigned.context(folder) : null;
        certificate = tls ? SelfSigned.certificate(folder) : null;
        ServerSocketFactory factory =
                context == null ? ServerSocketFactory.getDefault() : context.getServerSocketFactory();
        server = factory.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(() -> serve(scripts), "scripted-api-server");
        thread.start();
    }

    private void serve(List<Script> scripts) {
        try {
            for (Script script : scripts) {
                Socket socket = server.accept();
                sockets.add(socket);
                script.serve(readHead(socket.getInputStream()), socket);
            }
        } catch (Exception | AssertionError e) {
            // Whatever a script throws, its thread has nobody to throw it to: the test's own thread reports it.
            if (!server.isClosed()) {
                failures.add(e);
            }
        }
    }

    static String readHead(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the request ended after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Agrees to a WebSocket. */
    static void accept(String request, Socket socket) throws IOException {
        write(socket, agreement(request));
    }

    static String agreement(String request) {
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new AssertionError("no key in " + request);
        }
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + WebSocketHandshake.acceptance(key.group(1))
                + "\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n";
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns access to this server by an address of the loopback interface. */
    ClusterAccess access(String host, String user, String cluster) throws IOException, EngineException {
        String authority = certificate == null
                ? ""
                : ", certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(certificate.getBytes(ISO_8859_1));
        Path config = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u, namespace: n}}]
                users: [{name: u, user: {%s}}]
                clusters: [{name: c, cluster: {server: "%s://%s:%d/prefix"%s%s}}]
                """
                        .formatted(user, certificate == null ? "http" : "https", host, port(), authority, cluster));
        return ClusterAccess.of(
                ClusterConfig.find(new Surroundings(List.of(config), config, null, null, folder), null), null);
    }

    ClusterAccess access() throws IOException, EngineException {
        return access("127.0.0.1", "token: secret", "");
    }

    /** Waits until all is served, and fails if a script has failed. */
    void await() throws InterruptedException {
        thread.join();
        for (Throwable failure : failures) {
            throw new AssertionError("the server's script failed", failure);
        }
    }

    /** Attaches to the pod whose container, as the server has it, will not start if it does not run yet. */
    static PodAttachment attach(ClusterAccess access) throws EngineException {
        return new PodAttacher(access).attach("n", "pod", "sandbox", () -> {
            throw new EngineException(Fault.ENGINE, "it will not start", null);
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
