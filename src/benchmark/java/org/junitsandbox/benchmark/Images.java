package org.junitsandbox.benchmark;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The image and the container that the benchmarks use. */
final class Images {

    /** The image of every benchmark. */
    static final String DEBIAN = "debian:bookworm-slim";

    private Images() {}

    /** Returns a Testcontainers container that waits for {@code execInContainer}, configured as is usual. */
    static GenericContainer<?> container() {
        return new GenericContainer<>(DockerImageName.parse(DEBIAN))
                .withCommand("sleep", "3600")
                .withNetworkMode("none")
                .withWorkingDirectory("/work");
    }
}
