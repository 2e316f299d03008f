package org.junitsandbox.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.testcontainers.DockerClientFactory;

/** The engine's command-line client. */
public final class DockerProgram {

    private static final String NAME = "docker";

    private DockerProgram() {}

    /** Returns whether the program is on the path; not every machine with an engine has it. */
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, NAME)));
    }

    /** Runs a command in a container of the engine that the other benchmarks use. */
    static void exec(String container, String command) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(NAME, "exec", container, "/bin/sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment()
                .put("DOCKER_HOST", DockerClientFactory.instance().getTransportConfig().getDockerHost().toString());
        int exitCode = program.start().waitFor();
        if (exitCode != 0) {
            throw new IOException("docker exec ended with exit code " + exitCode);
        }
    }
}
