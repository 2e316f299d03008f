package org.junitsandbox.benchmark;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.testcontainers.containers.GenericContainer;

/** Testcontainers with the same guarantee as junit-sandbox: each test gets its own container. */
class ContainerPerMethodCase {

    private final GenericContainer<?> container = Images.container();

    @BeforeEach
    void start() {
        container.start();
    }

    @RepeatedTest(ThreeCommands.TESTS)
    void runsThreeCommands() throws Exception {
        ThreeCommands.run(command -> container.execInContainer("/bin/sh", "-c", command).getStdout());
    }

    @AfterEach
    void stop() {
        container.stop();
    }
}
