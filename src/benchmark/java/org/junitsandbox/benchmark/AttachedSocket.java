package org.junitsandbox.benchmark;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The lower bound: a shell in a container, attached to a Unix socket, with one marker after each command. */
final class AttachedSocket implements AutoCloseable {

    private static final byte EDGE = 0x1e;

    /** Prints the marker: two edges and the exit code between them. */
    private static final String PRINT_MARKER = "; printf '\\036%d\\036' $?\n";

    /** The marker's length after a command that succeeds. */
    private static final int SUCCESS_MARKER_BYTES = 3;

    /** The header of a frame: one byte for its kind, three of padding, four for the payload's length. */
    private static final int FRAME_HEADER_BYTES = 8;

    private static final int FRAME_LENGTH_OFFSET = 4;

    private final String container;
    private final SocketChannel channel;
    private final ByteBuffer reply = ByteBuffer.allocate(64 * 1024);

    AttachedSocket(Engine engine, String image) throws IOException {
        container = engine.client()
                .createContainerCmd(image)
                .withEntrypoint("/bin/sh")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withHostConfig(HostConfig.newHostConfig()
                        .withAutoRemove(true)
                        .withNetworkMode("none")
                        .withNanoCPUs(1_000_000_000L)
                        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE)))
                .exec()
                .getId();
        channel = attach(engine, container);
        engine.client().startContainerCmd(container).exec();
    }

    /** Returns the container's id. */
    String container() {
        return container;
    }

    /** Attaches to all streams of a container. */
    static SocketChannel attach(Engine engine, String id) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(engine.address().getPath()));
        String request = "POST /containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\n"
                + "Host: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        StringBuilder header = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (header.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) > 0) {
            header.append((char) one.get(0));
        }
        return channel;
    }

    /** Runs a command and returns once its marker has arrived. */
    void run(String command) throws IOException {
        send(command + PRINT_MARKER);
        reply.clear();
        int edges = 0;
        int scanned = 0;
        while (edges < 2) {
            read();
            for (; scanned < reply.position(); scanned++) {
                if (reply.get(scanned) == EDGE) {
                    edges++;
                }
            }
        }
    }

    /** Runs a command that succeeds and writes {@code bytes} bytes; returns once these and the marker have arrived. */
    void drain(String command, long bytes) throws IOException {
        send(command + PRINT_MARKER);
        reply.clear();
        long remaining = bytes + SUCCESS_MARKER_BYTES;
        long remainingInFrame = 0;
        while (remaining > 0) {
            read();
            reply.flip();
            while (remainingInFrame > 0 ? reply.hasRemaining() : reply.remaining() >= FRAME_HEADER_BYTES) {
                if (remainingInFrame == 0) {
                    remainingInFrame = Integer.toUnsignedLong(reply.getInt(reply.position() + FRAME_LENGTH_OFFSET));
                    reply.position(reply.position() + FRAME_HEADER_BYTES);
                }
                int taken = (int) Math.min(remainingInFrame, reply.remaining());
                reply.position(reply.position() + taken);
                remainingInFrame -= taken;
                remaining -= taken;
            }
            reply.compact();
        }
        if (remaining < 0) {
            throw new IOException("`" + command + "` wrote " + -remaining + " bytes too many");
        }
    }

    private void read() throws IOException {
        if (channel.read(reply) < 0) {
            throw new IOException("the shell ended");
        }
    }

    private void send(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
