package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.transport.DockerHttpClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.BuildContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import org.testcontainers.utility.TestcontainersConfiguration;

/** The images of an engine with Docker's HTTP API. */
final class DockerImageStore implements ImageStore {

    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    /** For calls that fetch or make images: a slow connection is not a fault. */
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(30);

    private final DockerClient client;
    private final DockerHttpClient http;
    private final boolean pauses;

    DockerImageStore(DockerClient client, DockerHttpClient http, boolean pauses) {
        this.client = client;
        this.http = http;
        this.pauses = pauses;
    }

    @Override
    public String localName(String name) throws EngineException {
        try {
            DockerImageName given = DockerImageName.parse(name);
            given.assertValid();
            DockerImageName local = substitutesNames() ? ImageNameSubstitutor.instance().apply(given) : given;
            return local.equals(given) ? name : local.asCanonicalNameString();
        } catch (IllegalArgumentException e) {
            throw new EngineException(Fault.IMAGE, "\"" + name + "\" is not a valid image name: " + e.getMessage(), e);
        }
    }

    /** Whether the user has names changed. Otherwise Testcontainers is not asked, as it logs how it would do it. */
    private static boolean substitutesNames() {
        TestcontainersConfiguration settings = TestcontainersConfiguration.getInstance();
        return settings.getImageSubstitutorClassName() != null
                || !settings.getEnvVarOrProperty("hub.image.name.prefix", "").isEmpty()
                || ServiceLoader.load(ImageNameSubstitutor.class).iterator().hasNext();
    }

    @Override
    public Optional<String> find(String name) throws EngineException {
        try {
            return Optional.ofNullable(BoundedCall.interruptible(
                    "look for image " + name,
                    CALL_TIMEOUT,
                    BoundedCall.onLivingConnection(() -> client.inspectImageCmd(name).exec().getId())));
        } catch (EngineException e) {
            if (e.getCause() instanceof NotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public String pull(String name) throws EngineException {
        new ImagePull(client, name).run(LONG_TIMEOUT);
        return find(name)
                .orElseThrow(() -> new EngineException(
                        Fault.IMAGE, "The engine pulled image " + name + ", but cannot find it afterwards", null));
    }

    @Override
    public Instant madeAt(String id) throws EngineException {
        String time = BoundedCall.of("look for image " + id, CALL_TIMEOUT, () -> client.inspectImageCmd(id).exec()
                .getCreated());
        try {
            return OffsetDateTime.parse(String.valueOf(time)).toInstant();
        } catch (DateTimeException e) {
            throw new EngineException(
                    Fault.ENGINE, "The engine reports no time for image " + id + ", but \"" + time + "\"", e);
        }
    }

    @Override
    public String build(BuildContext context, ImageTag tag, @Nullable String network, boolean afresh)
            throws EngineException {
        return new ImageBuild(client, http, context).run(tag, network, afresh, LONG_TIMEOUT);
    }

    @Override
    public String commit(AttachedContainer container, ImageTag tag) throws EngineException {
        String id = container.id();
        int colon = tag.name().lastIndexOf(':');
        return BoundedCall.of("make an image of container " + id, LONG_TIMEOUT, () -> client.commitCmd(id)
                .withRepository(tag.name().substring(0, colon))
                .withTag(tag.name().substring(colon + 1))
                .withLabels(Labels.of(tag))
                .withPause(pauses)
                .exec());
    }

    @Override
    public String platform() throws EngineException {
        Version version = BoundedCall.of("report its platform", CALL_TIMEOUT, () -> client.versionCmd().exec());
        return version.getOperatingSystem() + "/" + version.getArch();
    }

    @Override
    public Optional<String> published(String name) throws EngineException {
        return new RegistryQuery(http, name).run(CALL_TIMEOUT);
    }

    @Override
    public String publish(String name) throws EngineException {
        return new ImagePush(client, name).run(LONG_TIMEOUT);
    }

    @Override
    public void removeReplaced(ImageTag tag, String id) {
        new ReplacedImages(client, CALL_TIMEOUT).remove(tag, id);
    }
}
