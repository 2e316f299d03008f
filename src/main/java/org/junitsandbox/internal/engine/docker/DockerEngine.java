package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.ContainerRemover;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.PendingStarts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.dockerclient.TransportConfig;

/** An engine with Docker's HTTP API, version 1.41 or later: Docker, Podman. */
final class DockerEngine implements ContainerEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);

    private static final String NAME_PREFIX = "junit-sandbox-";

    /** How long an engine may take to make, start or remove a container. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final DockerClient client;
    private final AttachmentFactory attachments;
    private final DockerImageStore images;
    private final ContainerProbe probe;
    private final ContainerRemover remover;
    private final Orphans orphans;
    private final String description;
    private final int cpus;
    private final Duration callTimeout;

    private DockerEngine(
            DockerClients.Connection connection,
            AttachmentFactory attachments,
            String address,
            Duration callTimeout) {
        EngineFacts facts = connection.facts();
        this.client = connection.client();
        this.attachments = attachments;
        this.images = new DockerImageStore(client, connection.http(), facts.canPause());
        this.probe = new ContainerProbe(client);
        this.remover = ContainerRemoval.remover(client, callTimeout);
        this.orphans = new Orphans(client, facts.time());
        String runtime = facts.defaultRuntime();
        this.description = "engine " + facts.version() + " at " + address
                + (runtime == null ? "" : " (default runtime " + runtime + ")");
        this.cpus = facts.cpus();
        this.callTimeout = callTimeout;
    }

    /**
     * Returns an engine that has answered.
     *
     * @param callTimeout how long it may take to make, start or remove a container
     */
    static ContainerEngine of(EngineProbe.Answer answer, Duration callTimeout) {
        TransportConfig transport = answer.transport();
        return new DockerEngine(
                answer.connection(),
                AttachmentFactory.of(transport),
                transport.getDockerHost().toString(),
                callTimeout);
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
    public Optional<ImageStore> images() {
        return Optional.of(images);
    }

    @Override
    public AttachedContainer start(ContainerConfig config) throws EngineException {
        orphans.removeOnce();
        return PendingStarts.run(() -> startNow(config));
    }

    private AttachedContainer startNow(ContainerConfig config) throws EngineException {
        // Chosen here, so that the container can be removed although the engine did not answer.
        String name = NAME_PREFIX + UUID.randomUUID();
        @Nullable Attachment attachment = null;
        try {
            String id = BoundedCall.of(
                    "create a container",
                    callTimeout,
                    () -> CreateRequest.of(client, config, name).exec().getId(),
                    late -> remover.beside(name));
            if (config.runtime() != null) {
                requireRuntime(id, config.runtime());
            }
            attachment = BoundedCall.of(
                    "attach to container " + id,
                    callTimeout,
                    () -> attachments.attach(id),
                    DockerEngine::closeQuietly);
            BoundedCall.of("start container " + id, callTimeout, () -> start(id), late -> remover.beside(name));
            remover.retry();
            return container(id, attachment);
        } catch (EngineException e) {
            closeQuietly(attachment);
            if (e.getCause() instanceof TimeoutException) {
                // An engine that does not answer would take as long again for each further call.
                LOG.warn(
                        "{}; container {} is removed as soon as the engine answers, if it exists",
                        e.getMessage(),
                        name);
                remover.beside(name);
                throw e;
            }
            remover.now(name);
            throw new StartFailure(client, description).explained(e, config);
        }
    }

    /** Returns a container of this engine whose streams are attached. */
    AttachedContainer container(String id, Attachment attachment) {
        return new DockerContainer(id, attachment, probe, remover);
    }

    /** Podman's API ignores the runtime that is asked for, and a weaker one must not stand in for it. */
    private void requireRuntime(String id, String runtime) throws EngineException {
        String found = BoundedCall.of("report the runtime of container " + id, callTimeout, () -> String.valueOf(
                client.inspectContainerCmd(id).exec().getHostConfig().getRuntime()));
        if (!found.equals(runtime)) {
            throw new EngineException(
                    Fault.ENGINE,
                    "The setting `runtime` asks for the OCI runtime \"" + runtime + "\", and " + description
                            + " ignored it. Podman's API offers no choice: make it the engine's own runtime"
                            + " (\"runtime\" in containers.conf), and remove the setting.",
                    null);
        }
    }

    private @Nullable Void start(String id) {
        try {
            return client.startContainerCmd(id).exec();
        } catch (NotModifiedException e) {
            // The call was made twice, as its first connection was closed; the first had already started it.
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

    @Override
    public void removeLeftBehind(long sinceNanos) {
        remover.finish(callTimeout.minusNanos(System.nanoTime() - sinceNanos));
    }
}
