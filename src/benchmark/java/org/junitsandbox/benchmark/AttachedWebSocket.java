package org.junitsandbox.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The lower bound on a cluster: a shell in a pod, attached by a blocking socket with TLS, with one marker after each
 * command, or with as many as the library has. The cluster is that of the kubeconfig, and its user has a token.
 */
final class AttachedWebSocket implements AutoCloseable {

    private static final byte EDGE = 0x1e;

    private static final String PRINT_MARKER = "; printf '\\036%d\\036' $?\n";

    private static final String PRINT_BEGIN = "printf '\\036begin\\036'; ";

    private static final String PRINT_ENDS = "; printf '\\036%d\\036' $?; printf '\\036%s\\036' \"$PWD\" >&2\n";

    /** The marker's length after a command that succeeds. */
    private static final int SUCCESS_MARKER_BYTES = 3;

    private static final String CONTAINER = "bare";

    private static final long RETRY_MILLIS = 20;

    private final String pod = "bare-" + UUID.randomUUID();
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Socket socket;
    private final byte[] reply = new byte[64 * 1024];

    AttachedWebSocket(String image) throws Exception {
        createPod(image);
        Socket attached = attach();
        while (attached == null) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            attached = attach();
        }
        socket = attached;
        run("true");
    }

    private void createPod(String image) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .endMetadata()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .withAutomountServiceAccountToken(false)
                        .addNewContainer()
                        .withName(CONTAINER)
                        .withImage(image)
                        .withImagePullPolicy("IfNotPresent")
                        .withCommand("/bin/sh")
                        .withStdin(true)
                        .withStdinOnce(true)
                        .withNewResources()
                        .addToLimits("cpu", new Quantity("1"))
                        .addToRequests("cpu", new Quantity("50m"))
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** Returns null as long as the pod does not run. */
    private Socket attach() throws Exception {
        Config config = client.getConfiguration();
        URI server = URI.create(config.getMasterUrl());
        Socket connected = SSLUtils.sslContext(config)
                .getSocketFactory()
                .createSocket(server.getHost(), server.getPort() < 0 ? 443 : server.getPort());
        connected.setTcpNoDelay(true);
        String request = "GET /api/v1/namespaces/" + client.getNamespace() + "/pods/" + pod + "/attach?container="
                + CONTAINER + "&stdin=true&stdout=true&stderr=true HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\nSec-WebSocket-Key: "
                + Base64.getEncoder().encodeToString(new byte[16]) + "\r\nAuthorization: Bearer "
                + config.getAutoOAuthToken() + "\r\n\r\n";
        connected.getOutputStream().write(request.getBytes(UTF_8));
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = connected.getInputStream().read();
            if (next < 0) {
                throw new IOException("the server ended the connection after " + header);
            }
            header.append((char) next);
        }
        if (header.indexOf(" 101 ") > 0) {
            return connected;
        }
        if (header.indexOf("container not found") < 0 && header.indexOf(" 500 ") < 0 && header.indexOf(" 400 ") < 0) {
            throw new IOException("refused: " + header);
        }
        connected.close();
        return null;
    }

    /** Runs a command and returns once its marker has arrived. */
    void run(String command) throws IOException {
        send(command + PRINT_MARKER);
        awaitMarkers(1);
    }

    /** Runs a command with as many markers as the library has: its begin and its end on stdout, its end on stderr. */
    void runWithAllMarkers(String command) throws IOException {
        send(PRINT_BEGIN + command + PRINT_ENDS);
        awaitMarkers(3);
    }

    private void awaitMarkers(int count) throws IOException {
        InputStream input = socket.getInputStream();
        int edges = 0;
        while (edges < 2 * count) {
            int length = input.read(reply);
            if (length < 0) {
                throw new IOException("the shell ended");
            }
            // No frame of the server is as long as that byte's value.
            for (int i = 0; i < length; i++) {
                edges += reply[i] == EDGE ? 1 : 0;
            }
        }
    }

    /** Runs a command that succeeds and writes {@code bytes} bytes; returns once these and the marker have arrived. */
    void drain(String command, long bytes) throws IOException {
        send(command + PRINT_MARKER);
        InputStream input = socket.getInputStream();
        ByteBuffer received = ByteBuffer.wrap(reply).flip();
        long remaining = bytes + SUCCESS_MARKER_BYTES;
        while (remaining > 0) {
            long left = length(received, input) - 1;
            fill(received, input, 1);
            received.get();
            remaining -= left;
            while (left > 0) {
                fill(received, input, 1);
                int taken = (int) Math.min(left, received.remaining());
                received.position(received.position() + taken);
                left -= taken;
            }
        }
        if (remaining < 0) {
            throw new IOException("`" + command + "` wrote " + -remaining + " bytes too many");
        }
    }

    /** Reads the header of a frame, and returns the length of its payload. */
    private static long length(ByteBuffer received, InputStream input) throws IOException {
        fill(received, input, 2);
        received.get();
        int length = received.get();
        if (length == 126) {
            fill(received, input, 2);
            return received.getShort() & 0xffff;
        }
        if (length == 127) {
            fill(received, input, 8);
            return received.getLong();
        }
        return length;
    }

    private static void fill(ByteBuffer received, InputStream input, int wanted) throws IOException {
        while (received.remaining() < wanted) {
            received.compact();
            int count = input.read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                throw new IOException("the shell ended");
            }
            received.position(received.position() + count).flip();
        }
    }

    /** Sends one frame, whose mask is zero. */
    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(9 + bytes.length);
        frame.put((byte) 0x82).put((byte) (0x80 | 126)).putShort((short) (bytes.length + 1)).putInt(0);
        frame.put((byte) 0).put(bytes);
        OutputStream output = socket.getOutputStream();
        output.write(frame.array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        client.pods().withName(pod).withGracePeriod(0).delete();
        client.close();
    }
}
