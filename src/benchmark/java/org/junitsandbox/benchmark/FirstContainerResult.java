package org.junitsandbox.benchmark;

import java.io.IOException;
import org.testcontainers.containers.GenericContainer;

/** The smallest program that gets a result with Testcontainers. */
final class FirstContainerResult {

    private FirstContainerResult() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the result from stdout
    public static void main(String[] args) throws IOException, InterruptedException {
        try (GenericContainer<?> container = Images.container()) {
            container.start();
            System.out.print(container.execInContainer("/bin/sh", "-c", "echo first").getStdout());
            System.out.flush();
        }
    }
}
