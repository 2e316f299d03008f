package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Image;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.ImageTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes images in whose place others have come, so that they do not pile up. */
final class ReplacedImages {

    private static final Logger LOG = LoggerFactory.getLogger(ReplacedImages.class);

    /**
     * What engines put before names or leave out. Podman begins each by one of the first two: by the second where it is
     * asked by Docker's API. Docker leaves out the last two.
     */
    private static final Pattern REGISTRY = Pattern.compile("^(?:localhost|docker\\.io|index\\.docker\\.io)/");

    private final DockerClient client;
    private final Duration callTimeout;

    ReplacedImages(DockerClient client, Duration callTimeout) {
        this.client = client;
        this.callTimeout = callTimeout;
    }

    /**
     * Removes all images of a declaration but one.
     *
     * @param id the one that stays, under its name only
     */
    void remove(ImageTag tag, String id) {
        try {
            List<Image> images = BoundedCall.of("list images", callTimeout, () -> client.listImagesCmd()
                    .withLabelFilter(Map.of(Labels.DECLARATION_LABEL, tag.declaration()))
                    .exec());
            for (Image image : images) {
                List<String> names = names(image);
                if (names.isEmpty() && !image.getId().equals(id)) {
                    remove(image.getId());
                }
                names.stream().filter(name -> !name.equals(plain(tag.name()))).forEach(this::remove);
            }
        } catch (EngineException e) {
            LOG.debug("Images in whose place {} has come are not looked for", tag.name(), e);
        }
    }

    private static List<String> names(Image image) {
        String[] names = Objects.requireNonNullElse(image.getRepoTags(), new String[0]);
        return Arrays.stream(names)
                .filter(name -> !name.startsWith("<none>"))
                .map(ReplacedImages::plain)
                .toList();
    }

    private static String plain(String name) {
        return REGISTRY.matcher(name).replaceFirst("");
    }

    private void remove(String image) {
        try {
            // Not by force: what is in use stays, until the next one takes its place.
            BoundedCall.of("remove image " + image, callTimeout, () -> client.removeImageCmd(image).exec());
            LOG.debug("Image {} is removed: another one has come in its place", image);
        } catch (EngineException e) {
            LOG.debug("Image {} stays for now, although another one has come in its place", image, e);
        }
    }
}
