package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.spec.SandboxSpec;

/** Files in and out, with the tools of GNU and of busybox. */
@ParameterizedClass
@ValueSource(strings = {"debian:bookworm-slim", "busybox:latest"})
class TransferIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private final Shell shell;

    @TempDir
    Path folder;

    TransferIT(String image) {
        shell = SHELLS.open(SandboxSpec.of(image));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void copiesBytesOfEveryValueUnchangedBothWays() {
        byte[] bytes = random(20_000_000);
        shell.copyIn(bytes, "bytes");

        assertThat(shell.copyOut("bytes")).isEqualTo(bytes);
        assertThat(shell.run("wc -c <bytes").stdout().strip()).isEqualTo("20000000");
    }

    @Test
    void copiesTextInAndOutAsUtf8() {
        shell.copyInText("größe\n", "text");

        assertThat(shell.copyOut("text")).isEqualTo("größe\n".getBytes(UTF_8));
        assertThat(shell.copyOutText("text")).isEqualTo("größe\n");
        assertThat(shell.status("text")).map(FileStatus::mode).contains(0644);
    }

    @Test
    void givesAFileTheModeThatItIsCopiedInWith() {
        shell.copyInText("#!/bin/sh\necho runs\n", "bin/script", "0755");
        shell.copyIn(new byte[] {1}, "secret", "400");

        assertThat(shell.run("bin/script").stdout()).isEqualTo("runs\n");
        assertThat(shell.status("secret")).map(FileStatus::mode).contains(0400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "755x", "rwx", "0o755", "98", "44", "00644"})
    void refusesWhatIsNotAMode(String mode) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shell.copyInText("", "file", mode))
                .withMessage("\"" + mode
                        + "\" is not a mode: expected three or four octal digits, for example \"0755\"");
        assertThat(shell.status("file")).isEmpty();
    }

    @Test
    void copiesAResourceOfTheClassPathIn() throws IOException {
        shell.copyInResource(Shell.class, "Shell.class", "copy");

        try (InputStream resource = Shell.class.getResourceAsStream("Shell.class")) {
            assertThat(shell.copyOut("copy")).isEqualTo(Objects.requireNonNull(resource).readAllBytes());
        }
    }

    @Test
    void reportsAResourceThatDoesNotExist() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.copyInResource(Shell.class, "missing.txt", "copy"))
                .withMessage("There is no resource missing.txt for class org.junitsandbox.shell.Shell to copy in:"
                        + " a name without a slash at its start is relative to the class's package");
    }

    @Test
    void copiesAnEmptyFileBothWays() {
        shell.copyIn(new byte[0], "empty");

        assertThat(shell.status("empty").map(FileStatus::toString).map(OwnUser::hidden))
                .contains("regular file, 0 bytes, mode 0644, owner 65534:65534");
        assertThat(shell.copyOut("empty")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "-rf",
                "new\nline",
                "quo'te\"s",
                "$HOME `id` \\",
                "größe-日本",
                "a/b/c",
                "/tmp/x/y",
                "*"
            })
    void takesNamesToTheLetter(String name) throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "content");
        shell.copyIn(source, name);

        shell.copyOut(name, folder.resolve("target"));
        assertThat(folder.resolve("target")).hasContent("content");
        assertThat(shell.run("cat", name.startsWith("/") ? name : "./" + name).stdout()).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rw-------", "r--r--r--", "rwxrwxrwx"})
    void keepsModesBothWays(String mode) throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "content");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString(mode));
        shell.copyIn(source, "file");
        shell.copyOut("file", folder.resolve("target"));

        assertThat(shell.run("ls -l file").stdout()).startsWith("-" + mode);
        assertThat(Files.getPosixFilePermissions(folder.resolve("target")))
                .isEqualTo(PosixFilePermissions.fromString(mode));
    }

    @Test
    void copiesStreamsBothWays() {
        byte[] bytes = random(9_000_000);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        shell.copyIn(new ByteArrayInputStream(bytes), "stream");
        shell.copyOut("stream", back);

        assertThat(back.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void resolvesRelativeNamesAgainstTheShellsDirectory() {
        shell.run("mkdir sub && cd sub");
        shell.copyIn("x".getBytes(UTF_8), "file");

        assertThat(shell.run("cat /work/sub/file").stdout()).isEqualTo("x");
    }

    @Test
    void replacesAnExistingFile() {
        shell.run("set -C; echo a longer text than the new one >file");
        shell.copyIn("new".getBytes(UTF_8), "file");

        assertThat(shell.run("cat file").stdout()).isEqualTo("new");
        shell.run("set +C");
    }

    @Test
    void copiesADirectoryWithAllItHoldsBothWays() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        for (int i = 0; i < 300; i++) {
            Path file = source.resolve("dir " + i % 7 + "/deeper").resolve("file-" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, random(i * 10));
        }
        Files.write(source.resolve("large"), random(20_000_000));
        Files.createDirectories(source.resolve("empty"));
        Files.writeString(source.resolve("a-name-of-more-than-one-hundred-characters-".repeat(4) + "ü"), "long");
        Files.setPosixFilePermissions(source.resolve("large"), PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(source.resolve("dir 1/deeper"), PosixFilePermissions.fromString("r-xr-xr-x"));

        shell.copyIn(source, "copy");
        shell.copyOut("copy", folder.resolve("back"));

        assertThat(listing(folder.resolve("back"))).isEqualTo(listing(source));
    }

    @Test
    void copiesLinksInAsLinks() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/hostname"));
        shell.copyIn(source, "copy");

        assertThat(shell.run("readlink copy/link").stdout()).isEqualTo("/etc/hostname\n");
    }

    @Test
    void reportsAMissingFile() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> shell.copyIn(missing, "file"))
                .isInstanceOf(TransferException.class)
                .hasMessage("There is no file " + missing + " to copy in");
        assertThatThrownBy(() -> shell.copyOut("missing", folder.resolve("file")))
                .isInstanceOf(TransferException.class)
                .hasMessage("There is no file missing in the sandbox's directory /work to copy out");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void reportsAPlaceThatCannotBeWritten() {
        assertThatThrownBy(() -> shell.copyIn("x".getBytes(UTF_8), "/etc/file"))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith("/etc/file cannot be written in the sandbox: ")
                .hasMessageContaining("Read-only file system");
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }

    @Test
    void reportsAFullDiskAndLeavesTheShellUsable() {
        assertThatThrownBy(() -> shell.copyIn(random(70_000_000), "file"))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("No space left on device");
        assertThat(shell.run("rm file && echo alive").stdout()).isEqualTo("alive\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s /etc/passwd", "mkfifo", "ln -s /nowhere"})
    void copiesNothingOutThatIsNoFile(String make) {
        assertThat(shell.run(make + " special").succeeded()).isTrue();

        assertThatThrownBy(() -> shell.copyOut("special", folder.resolve("target")))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith("special is ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesTheStatusOfTheLastCommandAsItWas() {
        shell.run("(exit 7)");
        shell.copyIn("x".getBytes(UTF_8), "file");
        assertThatThrownBy(() -> shell.copyOut("missing")).isInstanceOf(TransferException.class);

        assertThat(shell.run("echo $?").stdout()).isEqualTo("7\n");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Names, modes and contents of all that lies below a directory. */
    private static List<String> listing(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                lines.add(
                        root.relativize(file) + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                + (Files.isDirectory(file) ? "" : " " + Arrays.hashCode(Files.readAllBytes(file))));
            }
            return lines;
        }
    }
}
