package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** An engine with Docker's HTTP API, version 1.41 or later: Docker, Podman. */
final class DockerEngine implements ContainerEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

    /** Marks the containers and images of this library. */
    static final String LABEL = "org.junit-sandbox";

    private static final String NAME_PREFIX = "junit-sandbox-";

    /** How long an engine may take to make, start or remove a container. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(60);

    private static final Duration STATE_LIMIT = Duration.ofSeconds(1);

    private static final Duration PING_LIMIT = Duration.ofMillis(500);

    private final DockerClient client;
    private final AttachmentFactory attachments;
    private final DockerImages images;
    private final ContainerRemover removals;
    private final String description;
    private final int cpus;
    private final Duration callLimit;

    /** Attaches to what an API path names. */
    private interface AttachmentFactory {
        Attachment attach(String path) throws IOException;
    }

    private DockerEngine(
            DockerClient client,
            AttachmentFactory attachments,
            DockerImages images,
            String description,
            int cpus,
            Duration callLimit) {
        this.client = client;
        this.attachments = attachments;
        this.images = images;
        this.removals = new ContainerRemover(client, callLimit);
        this.description = description;
        this.cpus = cpus;
        this.callLimit = callLimit;
    }

    /**
     * Connects to an engine.
     *
     * @param info what the engine has said of itself when it was found, so that it need not be asked again
     * @param callLimit how long it may take to make, start or remove a container
     */
    static ContainerEngine connect(TransportConfig transport, Info info, Duration callLimit) throws EngineException {
        DockerClient client = BoundedCall.of(
                "find out the engine's version",
                callLimit,
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
        // docker-java has no method for it.
        Object runtime = info.getRawValues().get("DefaultRuntime");
        String description = "engine " + info.getServerVersion() + " at " + transport.getDockerHost()
                + (runtime == null ? "" : " (default runtime " + runtime + ")");
        int cpus = Objects.requireNonNullElse(info.getNCPU(), 1);
        return new DockerEngine(client, attachments, new DockerImages(client, info), description, cpus, callLimit);
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
        // Chosen here, so that it can be removed whatever the engine did not get to say.
        String name = NAME_PREFIX + UUID.randomUUID();
        @Nullable Attachment attachment = null;
        try {
            String id = BoundedCall.of(
                    "create a container",
                    callLimit,
                    () -> CreateRequest.of(client, config, name).exec().getId(),
                    late -> removals.beside(name));
            if (config.runtime() != null) {
                requireRuntime(id, config.runtime());
            }
            attachment = BoundedCall.of(
                    "attach to container " + id,
                    callLimit,
                    () -> attachments.attach("/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1"),
                    DockerEngine::closeQuietly);
            BoundedCall.of(
                    "start container " + id,
                    callLimit,
                    () -> start(id),
                    late -> removals.beside(name));
            removals.retry();
            return new DockerContainer(id, this, attachment);
        } catch (EngineException e) {
            closeQuietly(attachment);
            if (e.getCause() instanceof TimeoutException) {
                // An engine that stands still would take as long again for each thing that it is asked.
                LOG.warn("{}; container {} is removed when it answers, if it has made it", e.getMessage(), name);
                removals.beside(name);
                throw e;
            }
            removals.now(name);
            throw new StartFailure(client, description).explained(e, config);
        }
    }

    @Override
    public void removeLeftBehind(long sinceNanos) {
        removals.finish(callLimit.minusNanos(System.nanoTime() - sinceNanos));
    }

    void remove(String id) {
        removals.now(id);
    }

    /** Podman's API takes no notice of the runtime that is asked for, and a weaker one must not stand in for it. */
    private void requireRuntime(String id, String runtime) throws EngineException {
        String found = BoundedCall.of("tell the runtime of container " + id, callLimit, () -> String.valueOf(
                client.inspectContainerCmd(id).exec().getHostConfig().getRuntime()));
        if (!found.equals(runtime)) {
            throw new EngineException(
                    Fault.ENGINE,
                    "The OCI runtime \"" + runtime + "\" was asked for, and " + description
                            + " took no notice of it. Podman lets"
                            + " nobody choose: make it the engine's own (\"runtime\" in containers.conf), and ask for none here.",
                    null);
        }
    }

    private @Nullable Void start(String id) {
        try {
            return client.startContainerCmd(id).exec();
        } catch (NotModifiedException e) {
            // It had begun when the connection ended over which the engine was asked before.
            return null;
        }
    }

    private static void closeQuietly(@Nullable Attachment attachment) {
        if (attachment != null) {
            try {
                attachment.close();
            } catch (IOException e) {
                LOG.debug("The streams of a container that did not start did not close", e);
            }
        }
    }

    AttachedContainer.State state(String id) {
        try {
            // Waits rather than looks: a container's streams end a little before the engine takes note of its end.
            BoundedCall.of("tell whether container " + id + " has ended", STATE_LIMIT, () -> {
                try (ContainerExit end = client.waitContainerCmd(id).exec(new ContainerExit())) {
                    // Whatever went wrong with it, as Podman says of one that was removed: it is an end.
                    end.await();
                    return true;
                }
            });
            return AttachedContainer.State.ENDED;
        } catch (EngineException e) {
            if (ContainerRemover.saysThatItIsGone(e)) {
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
}
