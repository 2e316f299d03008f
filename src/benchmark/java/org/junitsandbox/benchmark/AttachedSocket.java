package org.junitsandbox.benchmark;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The least there can be: a shell in a container, attached to a Unix socket, and one marker after each command. */
final class AttachedSocket implements AutoCloseable {

    private static final byte EDGE = 0x1e;

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);

    AttachedSocket(DockerClient client, String socket, String image) throws IOException {
        String id = client.createContainerCmd(image)
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
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        send("POST /containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\nHost: engine\r\n"
                + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
        StringBuilder header = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (header.indexOf("\r\n\r\n") < 0 && channel.read(one.clear()) > 0) {
            header.append((char) one.get(0));
        }
        client.startContainerCmd(id).exec();
    }

    /** Runs a command and returns when its marker has come. */
    void run(String command) throws IOException {
        send(command + "; printf '\\036%d\\036' $?\n");
        answer.clear();
        int edges = 0;
        int scanned = 0;
        while (edges < 2) {
            if (channel.read(answer) < 0) {
                throw new IOException("the shell ended");
            }
            for (; scanned < answer.position(); scanned++) {
                if (answer.get(scanned) == EDGE) {
                    edges++;
                }
            }
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
