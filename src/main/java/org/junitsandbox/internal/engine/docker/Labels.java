package org.junitsandbox.internal.engine.docker;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junitsandbox.internal.engine.ImageTag;
import org.junitsandbox.internal.engine.ProcessIdentity;
import org.testcontainers.DockerClientFactory;

/** The labels by which the containers and images of this library can be found. */
final class Labels {

    /** Marks the containers of this JVM. */
    static final String SESSION_LABEL = "org.junit-sandbox.session";

    static final String SESSION = UUID.randomUUID().toString();

    /** Whose end makes an orphan of a container that was never started. */
    static final String PROCESS_LABEL = "org.junit-sandbox.process";

    /** For images, and for the containers they are made of: they belong to no JVM. */
    static final Map<String, String> OF_IMAGES = Map.of("org.junit-sandbox", "true");

    /** For all other containers. Testcontainers' reaper, where it runs, deletes what has its session's label. */
    static final Map<String, String> OF_CONTAINERS = Map.of(
            "org.junit-sandbox", "true",
            SESSION_LABEL, SESSION,
            PROCESS_LABEL, ProcessIdentity.CURRENT,
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
