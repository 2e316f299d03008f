package org.junitsandbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;
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
 * How long it takes to copy a file of 100 MB from the host's disk into a container's own layer, and back. The engine's
 * archive API cannot reach the memory file systems of our default sandbox, so ours is one with a writable root here,
 * too.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 4)
@Fork(1)
public class CopyBenchmark {

    public static final int BYTES = 100_000_000;

    /** Where the file lies in the container. */
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

        /** Where a copy is written. */
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

    /** Our side: a shell whose directories lie in the container's layer. */
    @State(Scope.Benchmark)
    public static class WritableShell {

        private Shell shell;

        @Setup
        public void open(HostFile file) {
            // The kernel's cache of the file counts as the container's memory: at 256 MiB it would be the limit that is
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

    /** The other side: the engine's archive API. */
    @State(Scope.Benchmark)
    public static class ArchiveApi {

        private Engine engine;
        private Archive archive;

        @Setup
        public void connect(HostFile file, OpenContainer theirs) throws IOException {
            engine = Engine.connect();
            archive = new Archive(engine, theirs.container.getContainerId());
            archive.copyIn(file.source, DIRECTORY);
        }

        @TearDown
        public void disconnect() throws IOException {
            engine.close();
        }
    }

    @Benchmark
    public void inJunitSandbox(HostFile file, WritableShell ours) {
        ours.shell.copyIn(file.source, DIRECTORY + "/source");
    }

    @Benchmark
    public void inArchive(HostFile file, ArchiveApi api) throws IOException {
        api.archive.copyIn(file.source, DIRECTORY);
    }

    @Benchmark
    public void outJunitSandbox(HostFile file, WritableShell ours) throws IOException {
        ours.shell.copyOut(DIRECTORY + "/source", file.target());
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
