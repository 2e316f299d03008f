package org.junitsandbox.benchmark;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** A container configured like a sandbox with all defaults, started step by step without the library. */
final class StepwiseContainer {

    /** The first lines for the supervisor: a nonce with a name, and a request. */
    private static final String FIRST_REQUEST = new Open("nonce", "name", "next", new Ping(0)).encode() + "\n";

    /** The reply on each of the two streams; the shell is ready once both have arrived. */
    private static final String REPLY = new Pong(0).encode();

    private final Engine engine;
    private final InspectContainerResponse model;
    private final String runtime;
    private String id;
    private SocketChannel channel;

    /**
     * @param model a sandbox's container, whose configuration is copied
     * @param runtime the OCI runtime's name; null for the model's
     */
    StepwiseContainer(Engine engine, InspectContainerResponse model, String runtime) {
        this.engine = engine;
        this.model = model;
        this.runtime = runtime;
    }

    /** Returns the configuration that the library gives to a default sandbox. */
    static InspectContainerResponse model(Engine engine) {
        try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
            String hostName = shell.run("cat /etc/hostname").stdout().strip();
            return engine.client().inspectContainerCmd(hostName).exec();
        }
    }

    void create() {
        ContainerConfig config = model.getConfig();
        id = engine.client()
                .createContainerCmd(model.getImageId())
                .withEntrypoint(config.getEntrypoint())
                .withCmd(List.of())
                .withUser(config.getUser())
                .withLabels(config.getLabels())
                .withStopSignal("SIGKILL")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withHostConfig(runtime == null ? model.getHostConfig() : model.getHostConfig().withRuntime(runtime))
                .exec()
                .getId();
    }

    void attach() throws IOException {
        channel = AttachedSocket.attach(engine, id);
    }

    void start() {
        engine.client().startContainerCmd(id).exec();
    }

    void awaitReply() throws IOException {
        channel.write(ByteBuffer.wrap(FIRST_REQUEST.getBytes(StandardCharsets.UTF_8)));
        StringBuilder reply = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (reply.indexOf(REPLY) == reply.lastIndexOf(REPLY)) {
            if (channel.read(buffer.clear()) < 0) {
                throw new IOException("the container ended after: " + reply);
            }
            reply.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        }
    }

    void remove() {
        engine.client().removeContainerCmd(id).withForce(true).exec();
        id = null;
    }

    /** Undoes all steps so far. */
    void end() throws IOException {
        if (id != null) {
            remove();
        }
        if (channel != null) {
            channel.close();
        }
    }
}
