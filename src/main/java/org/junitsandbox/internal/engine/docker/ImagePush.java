package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PushImageCmd;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
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
    private final String repository;
    private final String tag;
    private volatile @Nullable String digest;

    /**
     * @param name with a tag
     */
    ImagePush(DockerClient client, String name) {
        int colon = name.lastIndexOf(':');
        this.client = client;
        this.repository = name.substring(0, colon);
        this.tag = name.substring(colon + 1);
    }

    /** Pushes it and returns its name with its digest. */
    @SuppressWarnings("try") // It works by being open.
    String run(Duration timeout) throws EngineException {
        String name = repository + ":" + tag;
        LOG.info("Pushing image {}", name);
        PushImageCmd command = client.pushImageCmd(repository).withTag(tag);
        String note = "";
        try {
            RegistryCredentials.ofThisProcess()
                    .of(RegistryCredentials.registry(repository))
                    .ifPresent(command::withAuthConfig);
        } catch (IOException e) {
            note = "\nIt was tried without credentials: " + e.getMessage();
        }
        try (Progress progress = Progress.of(LOG, "Pushing image " + name, () -> "")) {
            BoundedCall.interruptible("push image " + name, timeout, () -> {
                // An interrupt closes it, too: then the engine stops pushing.
                try (AnswerStream<PushResponseItem> answer = command.exec(new AnswerStream<>(this::check))) {
                    answer.await();
                    return true;
                }
            });
        } catch (EngineException e) {
            if (e.fault() == Fault.INTERRUPTED) {
                throw e;
            }
            throw new EngineException(
                    Fault.IMAGE,
                    e.getMessage() + "\nThe registry must let the tests push to it: check its name and its credentials"
                            + " (docker login)." + note,
                    e.getCause());
        }
        String found = digest;
        if (found == null) {
            throw new EngineException(
                    Fault.IMAGE, "The engine pushed image " + name + ", but does not report its digest", null);
        }
        return repository + "@" + found;
    }

    private void check(PushResponseItem item) {
        ResponseItem.ErrorDetail error = item.getErrorDetail();
        if (error != null) {
            throw new DockerClientException(String.valueOf(error.getMessage()));
        }
        ResponseItem.AuxDetail end = item.getAux();
        if (end != null && end.getDigest() != null) {
            digest = end.getDigest();
        }
    }
}
