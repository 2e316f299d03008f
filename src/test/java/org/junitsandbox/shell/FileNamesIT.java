package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.SandboxJvm;
import org.junitsandbox.spec.SandboxSpec;

/** Names are bytes, in and out, whatever they are and whatever charset the JVM has. */
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = {"debian:bookworm-slim", "busybox:latest"})
class FileNamesIT {

    private final Shell shell;

    @TempDir
    Path folder;

    FileNamesIT(String image) {
        shell = Shell.open(SandboxSpec.of(image));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    /** Returns a path of bytes that the percent signs stand for. */
    private Path path(String encoded) {
        return Path.of(URI.create(folder.toUri() + encoded));
    }

    @Test
    void copiesNamesInThatAreNotUtf8() throws IOException {
        Files.createDirectories(path("in/d%E9r"));
        Files.writeString(path("in/caf%E9"), "e acute");
        Files.writeString(path("in/caf%E8"), "e grave");
        Files.writeString(path("in/caf%C3%A9"), "UTF-8");
        Files.write(path("in/d%E9r/l%FFrge"), new byte[600_000]);
        Files.createSymbolicLink(path("in/link"), Path.of(URI.create("file:///t%E9")).getFileName());
        Files.createDirectory(path("in/clos%E9d"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("r-xr-xr-x")));

        shell.copyIn(path("in"), "copy");
        shell.copyIn(path("in"), "copy");

        assertThat(shell.run("(cd copy && printf '%s,' * */*) | od -An -c -v | tr -d ' \\n'").stdout())
                .isEqualTo("caf303251,caf350,caf351,clos351d,d351r,link,d351r/l377rge,");
        assertThat(shell.run("cat copy/caf$(printf '\\351') && readlink copy/link | od -An -c | tr -d ' \\n'").stdout())
                .isEqualTo("e acutet351\\n");
        assertThat(shell.status("copy/clos\uDCE9d")).map(FileStatus::mode).contains(0555);
        assertThat(shell.status("copy/d\uDCE9r/l\uDCFFrge")).map(FileStatus::sizeBytes).contains(600_000L);
        assertThat(shell.copyOutText("copy/caf\uDCE9")).isEqualTo("e acute");
    }

    @Test
    void namesAFileWhoseNameIsNotUtf8AndWritesNothing() {
        shell.run("mkdir out && >out/fine && >out/caf$(printf '\\351')");

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.copyOut("out", folder.resolve("target")))
                .withMessage("out is not copied out: its entry \"./caf\\uDCE9\" has a name that is not UTF-8."
                        + " Nothing was written.");
        assertThat(folder).isEmptyDirectory();
    }

    /** In Java 17, the locale says how a JVM writes names: in C, it can neither read nor write most of them as text. */
    @Test
    void copiesNamesOfUtf8InAJvmThatKnowsAsciiOnly() throws IOException {
        Files.createDirectories(path("in/gr%C3%B6%C3%9Fe"));
        Files.writeString(path("in/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC"), "content");
        Files.write(path("in/l%C3%A4rge"), new byte[600_000]);

        try (SandboxJvm jvm = SandboxJvm.start(CopyingJvm.class, folder.toString(), Map.of("LC_ALL", "C"))) {
            assertThat(jvm.nextLine()).isEqualTo("ANSI_X3.4-1968");
            assertThat(jvm.nextLine()).isEqualTo("gr303266303237e,l303244rge,gr303266303237e/346227245346234254,");
            assertThat(jvm.nextLine()).isEqualTo("done");
        }

        assertThat(path("out/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC")).hasContent("content");
        assertThat(path("out/l%C3%A4rge")).hasSize(600_000);
    }

    /** Copies a directory in and out, in a JVM of its own. */
    static final class CopyingJvm {

        private CopyingJvm() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            try (Shell shell = Shell.open(SandboxSpec.of("busybox:latest"))) {
                System.out.println(System.getProperty("sun.jnu.encoding"));
                shell.copyIn(folder.resolve("in"), "copy");
                System.out.println(shell.run("cd copy && printf '%s,' * */* | od -An -c -v | tr -d ' \\n'")
                        .stdout());
                shell.copyOut("/work/copy", folder.resolve("out"));
                System.out.println("done");
            }
        }
    }
}
