package org.junitsandbox.benchmark;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.testcontainers.containers.GenericContainer;

/**
 * Testcontainers in its usual form: one container for all tests, and clean-up by hand, which covers what its author
 * thought of.
 */
class SharedContainerCase {

    /** Removes files where tests write, and kills all processes but PID 1. */
    private static final String CLEAN_UP = "find /work /tmp -mindepth 1 -delete; kill -9 -1";

    private static final GenericContainer<?> CONTAINER = Images.container();

    @BeforeAll
    static void start() {
        CONTAINER.start();
    }

    @RepeatedTest(ThreeCommands.TESTS)
    void runsThreeCommands() throws Exception {
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
