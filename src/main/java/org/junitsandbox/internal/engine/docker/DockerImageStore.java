package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Info;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.text.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import org.testcontainers.utility.TestcontainersConfiguration;

/** The images of an engine with Docker's HTTP API. */
final class DockerImageStore implements ImageStore {

    private static final Logger LOG = LoggerFactory.getLogger(DockerImageStore.class);

    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    /** For calls that fetch or make images: a slow connection is not a fault. */
    private static final Duration LONG_TIMEOUT = Duration.ofMinutes(30);

    /** How many characters of a build's output are kept for the message of a failure: the end shows its cause. */
    private static final int MAX_BUILD_TAIL_CHARS = 4000;

    private final DockerClient client;
    private final boolean pauses;

    DockerImageStore(DockerClient client, Info info) {
        this.client = client;
        this.pauses = canPause(info);
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
    public String build(Path dockerfile, String name, @Nullable String network) throws EngineException {
        LOG.info("Building image {} from {}", name, dockerfile);
        StringBuilder output = new StringBuilder();
        BuildImageResultCallback callback = new BuildImageResultCallback() {
            @Override
            public void onNext(BuildResponseItem item) {
                if (item.getStream() != null) {
                    output.append(item.getStream());
                    output.delete(0, Math.max(0, output.length() - MAX_BUILD_TAIL_CHARS));
                }
                super.onNext(item);
            }
        };
        BuildImageCmd command = client.buildImageCmd(dockerfile.toFile())
                .withTags(Set.of(name))
                // No engine keeps a container of the build's steps then, not even that of a step that failed.
                .withForcerm(true)
                .withLabels(Labels.OF_IMAGES);
        if (network != null) {
            command.withNetworkMode(network);
        }
        try {
            return BoundedCall.interruptible("build an image from " + dockerfile, LONG_TIMEOUT, () -> {
                // An interrupt closes it, too: then the engine stops building.
                try (callback) {
                    return command.exec(callback).awaitImageId(LONG_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                }
            });
        } catch (EngineException e) {
            throw imageFault(
                    e, e.getMessage() + "\nThe build's output ends with:" + Tail.of(output.toString()).lines());
        }
    }

    /** Returns what to throw for a failure to obtain an image. */
    private static EngineException imageFault(EngineException e, String message) {
        return e.fault() == Fault.INTERRUPTED ? e : new EngineException(Fault.IMAGE, message, e.getCause());
    }

    @Override
    public String commit(AttachedContainer container, String name) throws EngineException {
        String id = container.id();
        int colon = name.lastIndexOf(':');
        return BoundedCall.of("make an image of container " + id, LONG_TIMEOUT, () -> client.commitCmd(id)
                .withRepository(name.substring(0, colon))
                .withTag(name.substring(colon + 1))
                .withLabels(Labels.OF_IMAGES)
                .withPause(pauses)
                .exec());
    }

    /**
     * A rootless Podman has no control groups of version 1, with which it would pause a container, and refuses to try.
     */
    private static boolean canPause(Info info) {
        Map<String, Object> all = info.getRawValues();
        return !(Boolean.TRUE.equals(all.get("Rootless")) && "1".equals(all.get("CgroupVersion")));
    }
}
