package org.junitsandbox.internal.engine.docker;

import java.util.HashMap;
import java.util.Map;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.internal.engine.OwnLabels;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.testcontainers.DockerClientFactory;

/** The labels of containers and images. */
final class Labels {

    /** For images, and for the containers they are made of: they belong to no JVM. */
    static final Map<String, String> OF_IMAGES = Map.of(OwnLabels.LIBRARY, "true");

    /** For all other containers. Testcontainers' reaper, where it runs, deletes what has its session's label. */
    static final Map<String, String> OF_CONTAINERS = Map.of(
            OwnLabels.LIBRARY, "true",
            OwnLabels.SESSION, OwnLabels.SESSION_ID,
            OwnLabels.PROCESS, ProcessIdentity.CURRENT,
            DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);

    /** What an image was made for. */
    static final String DECLARATION_LABEL = "org.junit-sandbox.declaration";

    /** Returns the labels of one image. */
    static Map<String, String> of(ImageTag tag) {
        Map<String, String> labels = new HashMap<>(OF_IMAGES);
        labels.put(DECLARATION_LABEL, tag.declaration());
        return labels;
    }

    private Labels() {}
}
