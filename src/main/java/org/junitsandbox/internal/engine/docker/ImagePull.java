package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
import java.time.Duration;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.text.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the engine pull one image from its registry. */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private final DockerClient client;
    private final String name;
    private final PullProgress layers = new PullProgress();

    ImagePull(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    @SuppressWarnings("try") // It works by being open.
    void run(Duration timeout) throws EngineException {
        LOG.info("Pulling image {}", name);
        PullImageCmd command = client.pullImageCmd(withTag());
        String note = "";
        try {
            RegistryCredentials.ofThisProcess()
                    .of(RegistryCredentials.registry(name))
                    .ifPresent(command::withAuthConfig);
        } catch (IOException e) {
            // Most images need none.
            note = "\nIt was tried without credentials: " + e.getMessage();
        }
        try (Progress progress = Progress.of(LOG, "Pulling image " + name, layers::toString)) {
            BoundedCall.interruptible("pull image " + name, timeout, () -> {
                // An interrupt closes it, too: then the engine stops pulling.
                try (AnswerStream<PullResponseItem> answer = command.exec(new AnswerStream<>(this::check))) {
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
                    e.getMessage()
                            + "\nCheck the name, the network and the registry's credentials (docker login), or load the"
                            + " image into the engine." + note,
                    e.getCause());
        }
    }

    /** An answer can begin with an error, as Podman's may. */
    private void check(PullResponseItem item) {
        ResponseItem.ErrorDetail error = item.getErrorDetail();
        if (error != null) {
            throw new DockerClientException(String.valueOf(error.getMessage()));
        }
        layers.add(item);
    }

    /** Without a tag, the engine would pull all tags of a repository. */
    private String withTag() {
        boolean hasTagOrDigest = name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/');
        return hasTagOrDigest ? name : name + ":latest";
    }
}
