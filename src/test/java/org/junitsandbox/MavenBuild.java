package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the library once more, elsewhere, with the Maven and the local repository of the build under test. */
final class MavenBuild {

    /** Offline, Maven makes no bill of materials, and fetches no plugin that it has not used before. */
    static final boolean OFFLINE = "offline true".equals(System.getProperty("maven.mode"));

    /**
     * How long a build may take. It uses some 2.5 minutes of CPU time, and has been seen to take more than 10 minutes
     * with 15 busy processes on two CPUs.
     */
    static final int LIMIT_MINUTES = 30;

    private final Path directory;

    private MavenBuild(Path directory) {
        this.directory = directory;
    }

    /** Copies what the library is built from, its tests excepted, into an empty directory. */
    static MavenBuild in(Path directory) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            for (Path source :
                    Stream.concat(Stream.of(Path.of("pom.xml")), sources.filter(Files::isRegularFile)).toList()) {
                Path target = directory.resolve(source);
                Files.createDirectories(target.getParent());
                Files.copy(source, target);
            }
        }
        return new MavenBuild(directory);
    }

    /** Runs Maven there. Fails with its output if it does. */
    void run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("maven.home") + "/bin/mvn",
                "--batch-mode",
                "-Dmaven.test.skip=true",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")));
        if (OFFLINE) {
            command.add("--offline");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder maven = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().putAll(environment);
        Process process = maven.start();
        try {
            int exitCode = process.waitFor();
            assertThat(exitCode)
                    .as("exit code of %s, whose output is:%n%s", command, Files.readString(log))
                    .isZero();
        } finally {
            process.destroy();
        }
    }
}
