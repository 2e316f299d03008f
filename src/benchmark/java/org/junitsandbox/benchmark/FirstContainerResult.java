package org.junitsandbox.benchmark;

import java.io.IOException;
import org.testcontainers.containers.GenericContainer;

/** The smallest program that has a result by Testcontainers. */
final class FirstContainerResult {

    private FirstContainerResult() {}

    @SuppressWarnings("SystemOut") // how the benchmark hears of the result
    public static void main(String[] args) throws IOException, InterruptedException {
        try (GenericContainer<?> container = Images.container()) {
            container.start();
            System.out.print(container.execInContainer("/bin/sh", "-c", "echo first").getStdout());
            System.out.flush();
        }
    }
}
