package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import java.time.Duration;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.text.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the engine pull one image from its registry. */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private final DockerClient client;
    private final String name;

    ImagePull(DockerClient client, String name) {
        this.client = client;
        this.name = name;
    }

    void run(Duration timeout) throws EngineException {
        LOG.info("Pulling image {}", name);
        PullImageCmd command = client.pullImageCmd(withTag());
        PullProgress layers = new PullProgress();
        new ImageTransfer(
                        "pull image " + name,
                        name,
                        "Check the name, the network and the registry's credentials (docker login), or load the image"
                                + " into the engine.")
                .run(
                        command,
                        command::withAuthConfig,
                        Progress.of(LOG, "Pulling image " + name, layers::toString),
                        layers::add,
                        timeout);
    }

    /** Without a tag, the engine would pull all tags of a repository. */
    private String withTag() {
        boolean hasTagOrDigest = name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/');
        return hasTagOrDigest ? name : name + ":latest";
    }
}
