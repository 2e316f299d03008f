package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.BuildContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.internal.text.Progress;
import org.junitsandbox.internal.text.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the engine build one image. Docker's own builder is used unless the Dockerfile needs BuildKit, which an engine
 * has beside it; docker-java knows no way to ask for that.
 */
final class ImageBuild {

    private static final Logger LOG = LoggerFactory.getLogger(ImageBuild.class);

    /** From this size on, it is likely that more is sent than the image needs. */
    private static final long BIG_CONTEXT_BYTES = 256L << 20;

    private final DockerClient client;
    private final DockerHttpClient http;
    private final BuildContext context;
    private String credentials = "";

    ImageBuild(DockerClient client, DockerHttpClient http, BuildContext context) {
        this.client = client;
        this.http = http;
        this.context = context;
    }

    /** Builds it and returns the image's id. */
    @SuppressWarnings("try") // It works by being open.
    String run(ImageTag tag, @Nullable String network, boolean afresh, Duration timeout)
            throws EngineException {
        LOG.info("Building image {} from {}", tag.name(), context.dockerfile());
        if (context.size() > BIG_CONTEXT_BYTES) {
            LOG.info(
                    "The engine gets {} MiB for that: what the image does not need, a .dockerignore file leaves out",
                    context.size() >> 20);
        }
        DockerfileText dockerfile = dockerfile();
        boolean byBuildKit = dockerfile.needsBuildKit();
        if (byBuildKit) {
            pullBaseImages(dockerfile, timeout);
        }
        String note = "";
        try {
            credentials = RegistryCredentials.ofThisProcess().encoded(dockerfile.baseImages());
        } catch (IOException e) {
            // Most images need none.
            note = "\nIt was tried without credentials: " + e.getMessage();
        }
        BuildOutput output = new BuildOutput();
        String path = path(tag, network, afresh, byBuildKit);
        String what = "build an image from " + context.dockerfile();
        try (Progress progress = Progress.of(LOG, "Building an image from " + context.dockerfile(), output::lastLine)) {
            return BoundedCall.interruptible(what, timeout, () -> build(path, output));
        } catch (EngineException e) {
            throw e.fault() == Fault.INTERRUPTED
                    ? e
                    : new EngineException(
                            Fault.IMAGE, e.getMessage() + remedy(byBuildKit) + note + printed(output), e.getCause());
        }
    }

    private DockerfileText dockerfile() throws EngineException {
        try {
            return new DockerfileText(Files.readString(context.dockerfile(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new EngineException(Fault.IMAGE, "Cannot read " + context.dockerfile() + ": " + e, e);
        }
    }

    /** BuildKit would ask its client for the credentials of a registry, over a connection that there is none of. */
    private void pullBaseImages(DockerfileText dockerfile, Duration timeout) throws EngineException {
        for (String image : dockerfile.baseImages()) {
            try {
                BoundedCall.interruptible(
                        "look for image " + image, timeout, () -> client.inspectImageCmd(image).exec());
            } catch (EngineException e) {
                if (!(e.getCause() instanceof NotFoundException)) {
                    throw e;
                }
                new ImagePull(client, image).run(timeout);
            }
        }
    }

    private String path(ImageTag tag, @Nullable String network, boolean afresh, boolean byBuildKit) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("t", tag.name());
        query.put("dockerfile", context.dockerfileName());
        query.put("labels", Labels.of(tag).entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}")));
        // No engine keeps a container of the build's steps then, not even that of a step that failed.
        query.put("forcerm", "1");
        if (afresh) {
            query.put("nocache", "1");
        }
        if (network != null) {
            query.put("networkmode", network);
        }
        if (byBuildKit) {
            query.put("version", "2");
        }
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/build?", ""));
    }

    /** Waits for a thread of its own that reads the answer, as no interrupt would end its wait. */
    private String build(String path, BuildOutput output) throws Exception {
        CompletableFuture<String> image = new CompletableFuture<>();
        try (BuildRequest request = new BuildRequest(http, context, path, credentials)) {
            BoundedCall.beside(() -> {
                try {
                    image.complete(request.send(output));
                } catch (IOException | RuntimeException e) {
                    image.completeExceptionally(e);
                }
            });
            return image.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    private static String remedy(boolean byBuildKit) {
        return byBuildKit
                ? "\nThe Dockerfile needs BuildKit, and the engine's may be older than what it needs. A first line `#"
                        + " syntax=docker/dockerfile:1` has it fetch a newer one; or build the image by hand (docker"
                        + " build), and set its name as `image`."
                : "";
    }

    private static String printed(BuildOutput output) {
        return output.tail().isBlank() ? "" : "\nThe build's output ends with:" + Tail.of(output.tail()).lines();
    }
}
