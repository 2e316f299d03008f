package org.junitsandbox.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Dockerfile's folder. */
class BuildContextTests {

    @TempDir
    private Path folder;

    private Path dockerfile;

    @BeforeEach
    void writeADockerfile() throws IOException {
        dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
        Files.writeString(Files.createDirectories(folder.resolve("src")).resolve("a"), "one");
    }

    private BuildContext context() throws EngineException {
        return new BuildContext(dockerfile);
    }

    private String hash() throws EngineException {
        return context().hash();
    }

    private List<String> names() throws EngineException {
        return context().entries().stream().map(BuildContext.Entry::name).toList();
    }

    private void sparse(Path file, long size) throws IOException {
        Files.createDirectories(file.getParent());
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(size);
        }
    }

    @Test
    void hashesNamesContentsModesAndLinks() throws Exception {
        String before = hash();
        Path file = folder.resolve("src/a");

        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(hash()).as("another time").isEqualTo(before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String withMode = hash();
        assertThat(withMode).as("another mode").isNotEqualTo(before);
        Files.writeString(file, "two");
        String withContent = hash();
        assertThat(withContent).as("another content of the same size").isNotEqualTo(withMode);
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("src/a"));
        String withLink = hash();
        assertThat(withLink).as("a link").isNotEqualTo(withContent);
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("src/b"));
        assertThat(hash()).as("another target of a link").isNotEqualTo(withLink);
        Files.delete(link);
        assertThat(hash()).as("all as before").isEqualTo(withContent);
        Files.createDirectory(folder.resolve("empty"));
        assertThat(hash()).as("an empty folder").isNotEqualTo(withContent);
    }

    @Test
    void noticesEveryChangeByTheStateAlone() throws Exception {
        String before = context().stateHash();
        assertThat(context().stateHash()).isEqualTo(before);

        Files.writeString(folder.resolve("src/a"), "two");
        Files.setLastModifiedTime(folder.resolve("src/a"), FileTime.from(Instant.EPOCH));

        assertThat(context().stateHash()).isNotEqualTo(before);
    }

    @Test
    void leavesOutWhatTheIgnoreFileNames() throws Exception {
        Files.writeString(folder.resolve(".dockerignore"), "target\nDockerfile\n.dockerignore\n");
        String before = hash();

        sparse(folder.resolve("target/big.bin"), 3L << 30);

        assertThat(names()).containsExactly(".dockerignore", "Dockerfile", "src", "src/a");
        assertThat(hash()).isEqualTo(before);
    }

    @Test
    void prefersTheIgnoreFileOfTheDockerfileItself() throws Exception {
        Files.writeString(folder.resolve(".dockerignore"), "src\n");
        Files.writeString(folder.resolve("Dockerfile.dockerignore"), "target\n");

        assertThat(names()).contains("src/a");
    }

    @Test
    void takesExceptionsBelowAFolderThatIsLeftOut() throws Exception {
        Files.writeString(folder.resolve(".dockerignore"), "src\n!src/keep\n");
        Files.writeString(folder.resolve("src/keep"), "");

        assertThat(names()).containsExactly(".dockerignore", "Dockerfile", "src/keep");
    }

    @Test
    void readsAFileLargerThanAnyArrayInPieces() throws Exception {
        sparse(folder.resolve("big.bin"), (2L << 30) + 1);

        assertThat(hash()).hasSize(64);
    }

    @Test
    void endsTheReadingByAnInterrupt() throws Exception {
        sparse(folder.resolve("big.bin"), 3L << 30);
        BuildContext context = context();
        Thread.currentThread().interrupt();

        assertThatThrownBy(context::hash)
                .isInstanceOf(EngineException.class)
                .hasMessage("Interrupted while reading the folder of " + dockerfile);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void doesWithoutAFileThatVanishesMeanwhile() throws Exception {
        Path passing = Files.writeString(folder.resolve("passing"), "");
        BuildContext context = context();

        Files.delete(passing);

        assertThat(context.hash()).isEqualTo(hash());
    }

    @Test
    void refusesADockerfileThatDoesNotExist() {
        assertThatThrownBy(() -> new BuildContext(folder.resolve("missing")))
                .isInstanceOf(EngineException.class)
                .hasMessage("The Dockerfile does not exist: " + folder.resolve("missing"));
    }

    @Test
    void namesTheIgnoreFilesInvalidLine() throws IOException {
        Files.writeString(folder.resolve(".dockerignore"), "a[z-a]\n");

        assertThatThrownBy(this::context)
                .isInstanceOf(EngineException.class)
                .hasMessage("The folder of " + dockerfile + " cannot be read: \"a[z-a]\" is not a valid pattern");
    }
}
