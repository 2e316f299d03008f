package org.junitsandbox.internal.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** An engine with Docker's HTTP API, version 1.41 or later: Docker, Podman. */
final class DockerEngine implements ContainerEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

    /** Marks the containers and images of this library. */
    static final String LABEL = "org.junit-sandbox";

    /** Marks the containers of this JVM. */
    private static final String SESSION_LABEL = "org.junit-sandbox.session";

    private static final String SESSION = UUID.randomUUID().toString();

    /** How long the engine may take to make, start or remove a container. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private static final Duration STATE_LIMIT = Duration.ofSeconds(1);

    private static final Duration PING_LIMIT = Duration.ofMillis(500);

    private final DockerClient client;
    private final AttachmentFactory attachments;
    private final DockerImages images;
    private final String description;
    private final int cpus;

    /** Attaches to what an API path names. */
    private interface AttachmentFactory {
        Attachment attach(String path) throws IOException;
    }

    private DockerEngine(DockerClient client, AttachmentFactory attachments, String description, int cpus) {
        this.client = client;
        this.attachments = attachments;
        this.images = new DockerImages(client);
        this.description = description;
        this.cpus = cpus;
    }

    /**
     * Connects to an engine.
     *
     * @param info what the engine has said of itself when it was found, so that it need not be asked again
     */
    static ContainerEngine connect(TransportConfig transport, Info info) throws EngineException {
        DockerClient client = BoundedCall.of(
                "find out the engine's version",
                CALL_LIMIT,
                () -> DockerClientProviderStrategy.getClientForConfig(transport));
        Optional<SocketAddress> address =
                ChannelAttachment.address(transport.getDockerHost(), transport.getSslConfig());
        AttachmentFactory attachments;
        if (address.isPresent()) {
            attachments = path -> ChannelAttachment.connect(address.get(), path);
        } else {
            DockerHttpClient streams = new ZerodepDockerHttpClient.Builder()
                    .dockerHost(transport.getDockerHost())
                    .sslConfig(transport.getSslConfig())
                    .build();
            attachments = path -> new HijackedAttachment(streams, path);
        }
        return new DockerEngine(
                client,
                attachments,
                "engine " + info.getServerVersion() + " at " + transport.getDockerHost(),
                Objects.requireNonNullElse(info.getNCPU(), 1));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int cpus() {
        return cpus;
    }

    @Override
    public String localName(String name) throws EngineException {
        return images.localName(name);
    }

    @Override
    public Optional<String> findImage(String name) throws EngineException {
        return images.find(name);
    }

    @Override
    public String pullImage(String name) throws EngineException {
        return images.pull(name);
    }

    @Override
    public String buildImage(Path dockerfile, String name, @Nullable String network) throws EngineException {
        return images.build(dockerfile, name, network);
    }

    @Override
    public String commitImage(AttachedContainer container, String name) throws EngineException {
        return images.commit(container.id(), name);
    }

    @Override
    public AttachedContainer start(ContainerConfig config) throws EngineException {
        String id = BoundedCall.of("create a container", CALL_LIMIT, () -> create(config));
        @Nullable Attachment attachment = null;
        try {
            attachment = BoundedCall.of(
                    "attach to container " + id,
                    CALL_LIMIT,
                    () -> attachments.attach("/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1"));
            BoundedCall.of("start container " + id, CALL_LIMIT, () -> client.startContainerCmd(id).exec());
            return new DockerContainer(id, this, attachment);
        } catch (EngineException e) {
            if (attachment != null) {
                closeQuietly(attachment);
            }
            remove(id);
            throw explained(e, config);
        }
    }

    private static void closeQuietly(Attachment attachment) {
        try {
            attachment.close();
        } catch (IOException e) {
            LOG.debug("The streams of a container that did not start did not close", e);
        }
    }

    private String create(ContainerConfig config) {
        CreateContainerCmd command = client.createContainerCmd(config.image())
                .withEntrypoint(config.command())
                .withCmd(List.of())
                .withEnv(config.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .withUser(config.user())
                .withLabels(Map.of(
                        LABEL, "true",
                        SESSION_LABEL, SESSION,
                        DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID))
                .withStopSignal("SIGKILL")
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withTty(false)
                .withHostConfig(hostConfig(config));
        if (config.workingDirectory() != null) {
            command.withWorkingDir(config.workingDirectory());
        }
        return command.exec().getId();
    }

    private static HostConfig hostConfig(ContainerConfig config) {
        HostConfig host = HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withReadonlyRootfs(config.isolation().readOnlyRoot())
                .withTmpFs(config.tmpfs());
        if (config.network() != null) {
            host.withNetworkMode(config.network());
        }
        if (config.runtime() != null) {
            host.withRuntime(config.runtime());
        }
        if (config.isolation().dropCapabilities()) {
            host.withCapDrop(Capability.ALL);
        }
        if (config.isolation().noNewPrivileges()) {
            host.withSecurityOpts(List.of("no-new-privileges"));
        }
        ContainerConfig.Resources resources = config.resources();
        if (resources.memoryBytes() > 0) {
            host.withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes());
        }
        if (resources.nanoCpus() > 0) {
            host.withNanoCPUs(resources.nanoCpus());
        }
        if (resources.processes() > 0) {
            host.withPidsLimit(resources.processes());
        }
        if (resources.openFiles() > 0) {
            host.withUlimits(new Ulimit[] {
                new Ulimit("nofile", resources.openFiles(), resources.openFiles()), new Ulimit("core", 0L, 0L)
            });
        }
        if (resources.shmBytes() > 0) {
            host.withShmSize(resources.shmBytes());
        }
        return host;
    }

    private static EngineException explained(EngineException e, ContainerConfig config) {
        String program = config.command().get(0);
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (message.contains(program) && (lower.contains("no such file") || lower.contains("not found"))) {
            return new EngineException(
                    Fault.IMAGE, "The image has no " + program + ", which a sandbox needs. The engine said: " + message, e);
        }
        return e;
    }

    AttachedContainer.State state(String id) {
        try {
            // Waits rather than looks: a container's streams end a little before the engine takes note of its end.
            BoundedCall.of("tell whether container " + id + " has ended", STATE_LIMIT, () -> client.waitContainerCmd(id)
                    .exec(new WaitContainerResultCallback())
                    .awaitStatusCode());
            return AttachedContainer.State.ENDED;
        } catch (EngineException e) {
            if (e.getCause() instanceof NotFoundException) {
                return AttachedContainer.State.ENDED;
            }
            return isReachable() ? AttachedContainer.State.RUNNING : AttachedContainer.State.ENGINE_UNREACHABLE;
        }
    }

    private boolean isReachable() {
        try {
            BoundedCall.of("answer", PING_LIMIT, () -> client.pingCmd().exec());
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    /** Removes a container that may be about to remove itself. */
    void remove(String id) {
        try {
            BoundedCall.of("remove container " + id, CALL_LIMIT, () -> client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (EngineException e) {
            if (!(e.getCause() instanceof NotFoundException) && !(e.getCause() instanceof ConflictException)) {
                LOG.warn("{}; it removes itself as soon as the engine sees that its stdin is closed", e.getMessage());
            }
        }
    }
}
