package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** What a sandbox may not do to the machine that copies from it. */
class CopyOutIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private Shell shell = SHELLS.open(
            SandboxSpec.of("debian:bookworm-slim").limits(ResourceLimits.DEFAULT.copyOut("1MiB")));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void refusesADirectoryWithALinkAsAWhole() {
        shell.run("mkdir -p tree/sub && echo x >tree/file && ln -s ../../../etc tree/sub/link");

        assertThatThrownBy(() -> shell.copyOut("tree", folder.resolve("target")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("\"./sub/link\" is a symbolic link to ../../../etc, which could lead outside")
                .hasMessageContaining("Nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    enum Evil {
        UPWARDS("../evil", TarConstants.LF_NORMAL, "", "has a name that leads upwards"),
        UPWARDS_INSIDE("sub/../../evil", TarConstants.LF_NORMAL, "", "has a name that leads upwards"),
        ABSOLUTE("/tmp/sandbox-evil", TarConstants.LF_NORMAL, "", "has an absolute name"),
        LINK("link", TarConstants.LF_SYMLINK, "/etc", "is a symbolic link to /etc"),
        HARD_LINK("link", TarConstants.LF_LINK, "/etc/passwd", "has an absolute name"),
        HARD_LINK_UPWARDS("link", TarConstants.LF_LINK, "../../etc/passwd", "has a name that leads upwards"),
        DEVICE("device", TarConstants.LF_BLK, "", "is neither a file nor a directory");

        final String name;
        final byte type;
        final String linkName;
        final String complaint;

        Evil(String name, byte type, String linkName, String complaint) {
            this.name = name;
            this.type = type;
            this.linkName = linkName;
            this.complaint = complaint;
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnArchiveThatLeadsOutside(Evil evil) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(evil.name, evil.type, true);
            entry.setLinkName(evil.linkName);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        // The library's own commands have the PATH of the spec, which no command can change.
        shell.close();
        shell = SHELLS.open(shell.spec().environment("PATH", "/work/bin:/usr/bin:/bin"));
        shell.copyIn(bytes.toByteArray(), "evil.tar");
        shell.copyIn("#!/bin/sh\ncat /work/evil.tar\n".getBytes(UTF_8), "bin/tar");
        shell.run("mkdir tree && chmod 755 bin/tar");
        Path target = folder.resolve("inner/target");

        assertThatThrownBy(() -> shell.copyOut("tree", target))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining(evil.complaint);
        assertThat(folder).isEmptyDirectory();
        assertThat(Path.of("/tmp/sandbox-evil")).doesNotExist();
    }

    @Test
    void refusesAFileThatOnlyLooksLarge() throws IOException {
        Cluster.assumeNotUsed("a pod's files have a size limit, which the large one here would exceed");
        Path target = Files.writeString(folder.resolve("target"), "as it was");
        shell.run("mkdir tree && truncate -s 1T tree/sparse");

        assertThatThrownBy(() -> shell.copyOut("tree/sparse", target))
                .isInstanceOf(TransferException.class)
                .hasMessage("tree/sparse is larger than the limit of 1 MiB for what is copied out;"
                        + " the limit copyOut raises it");
        assertThat(target).hasContent("as it was");
    }

    @Test
    void refusesADirectoryThatIsLargerThanTheLimit() {
        Cluster.assumeNotUsed("a pod's files have a size limit, which the large one here would exceed");
        shell.run("mkdir tree && truncate -s 1T tree/sparse");

        assertThatThrownBy(() -> shell.copyOut("tree", folder.resolve("target")))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith("tree is larger than the limit of 1 MiB");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesOutASocketWhichHasNoContent() {
        assertThat(shell.run("mkdir tree && echo x >tree/file && perl -MSocket -e"
                                + " 'socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un(\"tree/socket\"))'")
                        .succeeded())
                .isTrue();

        shell.copyOut("tree", folder.resolve("target"));

        assertThat(folder.resolve("target/file")).hasContent("x");
        assertThat(folder.resolve("target/socket")).doesNotExist();
    }

    @Test
    void namesAFileThatCannotBeRead() {
        shell.run("mkdir tree && echo x >tree/file && echo x >tree/secret && chmod 0 tree/secret");

        assertThatThrownBy(() -> shell.copyOut("tree", folder.resolve("target")))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith("tree cannot be read in the sandbox: tar: ./secret: Cannot open: ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void reportsAStatThatPrintsSomethingElse() {
        shell.close();
        shell = SHELLS.open(shell.spec().environment("PATH", "/work/bin:/usr/bin:/bin"));
        shell.copyInText("#!/bin/sh\necho nonsense\n", "bin/stat", "0755");

        assertThatThrownBy(() -> shell.status("bin"))
                .isInstanceOf(TransferException.class)
                .hasMessage("bin cannot be looked at in the sandbox: its stat printed \"nonsense\\n\"");
    }
}
