package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the engine push one image to the registry of its name. */
final class ImagePush {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePush.class);

    private final DockerClient client;
    private final String name;
    private volatile @Nullable String digest;

    /**
     * @param name with a tag
     */
    ImagePush(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Pushes it and returns its name with its digest. */
    String run(Duration timeout) throws EngineException {
        LOG.info("Pushing image {}", name);
        int colon = name.lastIndexOf(':');
        String repository = name.substring(0, colon);
        PushImageCmd command = client.pushImageCmd(repository).withTag(name.substring(colon + 1));
        new ImageTransfer(
                        "push image " + name,
                        name,
                        "The registry must let the tests push to it: check its name and its credentials"
                                + " (docker login).")
                .run(
                        command,
                        command::withAuthConfig,
                        Progress.of(LOG, "Pushing image " + name, () -> ""),
                        this::findDigest,
                        timeout);
        String found = digest;
        if (found == null) {
            throw new EngineException(
                    Fault.IMAGE, "The engine pushed image " + name + ", but does not report its digest", null);
        }
        return repository + "@" + found;
    }

    private void findDigest(PushResponseItem item) {
        ResponseItem.AuxDetail end = item.getAux();
        if (end != null && end.getDigest() != null) {
            digest = end.getDigest();
        }
    }
}
