package org.junitsandbox.benchmark;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What all sides run in. */
final class Images {

    /** The image of every benchmark. */
    static final String DEBIAN = "debian:bookworm-slim";

    private Images() {}

    /** Describes a Testcontainers container that waits for {@code execInContainer}, as people make one today. */
    static GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(DEBIAN))
                .withCommand("sleep", "3600")
                .withNetworkMode("none")
                .withWorkingDirectory("/work");
    }
}
