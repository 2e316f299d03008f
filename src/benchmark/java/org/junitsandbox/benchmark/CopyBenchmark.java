package org.junitsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to copy a file of 100 MB from the host's disk into a container's own layer, and back. The engine's archive
 * API cannot reach the memory file systems of a default sandbox, so the sandbox here has a writable root as well.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
@Fork(1)
public class CopyBenchmark {

    public static final int BYTES = 100_000_000;

    /** The directory of the file in the container. */
    private static final String DIRECTORY = "/var/tmp";

    /** The file on the host. */
    @State(Scope.Benchmark)
    public static class HostFile {

        private Path directory;
        private Path source;

        @Setup
        public void write() throws IOException {
            byte[] content = new byte[BYTES];
            new Random(1).nextBytes(content);
            directory = Files.createTempDirectory("junit-sandbox-benchmark");
            source = Files.write(directory.resolve("source"), content);
        }

        /** Returns the file to which a copy is written. */
        Path target() {
            return directory.resolve("target");
        }

        @TearDown
        public void delete() throws IOException {
            Files.deleteIfExists(source);
            Files.deleteIfExists(target());
            Files.delete(directory);
        }
    }

    /** A sandbox whose directories are in the container's layer. */
    @State(Scope.Benchmark)
    public static class WritableShell {

        private Shell shell;

        @Setup
        public void open(HostFile file) {
            // The kernel's cache of the file counts as the container's memory: with 256 MiB, the limit would be
            // measured.
            shell = Shell.open(SandboxSpec.of(Images.DEBIAN)
                    .profile(Profile.TRUSTED)
                    .limits(ResourceLimits.DEFAULT.memory("1GiB")));
            shell.copyIn(file.source, DIRECTORY + "/source");
        }

        @TearDown
        public void close() {
            shell.close();
        }
    }

    /** The engine's archive API, in a container that Testcontainers started. */
    @State(Scope.Benchmark)
    public static class ArchiveApi {

        private Engine engine;
        private Archive archive;

        @Setup
        public void connect(HostFile file, OpenContainer testcontainers) throws IOException {
            engine = Engine.connect();
            archive = new Archive(engine, testcontainers.container.getContainerId());
            archive.copyIn(file.source, DIRECTORY);
        }

        @TearDown
        public void disconnect() throws IOException {
            engine.close();
        }
    }

    @Benchmark
    public void inJunitSandbox(HostFile file, WritableShell sandbox) {
        sandbox.shell.copyIn(file.source, DIRECTORY + "/source");
    }

    @Benchmark
    public void inArchive(HostFile file, ArchiveApi api) throws IOException {
        api.archive.copyIn(file.source, DIRECTORY);
    }

    @Benchmark
    public void outJunitSandbox(HostFile file, WritableShell sandbox) throws IOException {
        sandbox.shell.copyOut(DIRECTORY + "/source", file.target());
        checkCopied(file);
    }

    @Benchmark
    public void outArchive(HostFile file, ArchiveApi api) throws IOException {
        api.archive.copyOut(DIRECTORY + "/source", file.target());
        checkCopied(file);
    }

    private static void checkCopied(HostFile file) throws IOException {
        long copied = Files.size(file.target());
        if (copied != BYTES) {
            throw new IOException("Copied " + copied + " bytes");
        }
    }
}
