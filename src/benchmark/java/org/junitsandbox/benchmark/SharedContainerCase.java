package org.junitsandbox.benchmark;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.testcontainers.containers.GenericContainer;

/**
 * Testcontainers as it is mostly used: one container for all tests, and clean-up by hand, as far as somebody thought of
 * it.
 */
class SharedContainerCase {

    /** Removes files where tests write, and ends all processes but the container's first. */
    private static final String CLEAN_UP = "find /work /tmp -mindepth 1 -delete; kill -9 -1";

    private static final GenericContainer<?> CONTAINER = Images.container();

    @BeforeAll
    static void start() {
        CONTAINER.start();
    }

    @RepeatedTest(ThreeCommands.TESTS)
    void test() throws Exception {
        ThreeCommands.run(command -> CONTAINER.execInContainer("/bin/sh", "-c", command).getStdout());
    }

    @AfterEach
    void cleanUp() throws IOException, InterruptedException {
        CONTAINER.execInContainer("/bin/sh", "-c", CLEAN_UP);
    }

    @AfterAll
    static void stop() {
        CONTAINER.stop();
    }
}
