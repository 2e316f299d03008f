package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.ShellKind;

@Timeout(300)
@ParameterizedClass
@EnumSource(ShellKind.class)
class FileListingIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private final Shell shell;

    FileListingIT(ShellKind kind) {
        shell = SHELLS.open(kind.spec());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private List<String> names(String directory) {
        return shell.list(directory).stream().map(ListedFile::path).toList();
    }

    @Test
    void listsADirectoryWithTheStatusOfEachEntry() {
        shell.run("mkdir -m 700 d && echo >d/below && printf 12345 >f && chmod 640 f && ln -s 'x y' l"
                + " && mkfifo -m 600 p && touch -d @981173106 f");

        String owner = shell.run("echo $(id -u):$(id -g)").stdout().strip();
        assertThat(shell.list("/work").stream().map(ListedFile::toString))
                .containsExactly(
                        "d (directory, mode 0700, owner " + owner + ")",
                        "f (regular file, 5 bytes, mode 0640, owner " + owner + ")",
                        "l (symbolic link to x y, mode 0777, owner " + owner + ")",
                        "p (named pipe, mode 0600, owner " + owner + ")");
        assertThat(shell.list(".").get(1).status().modified()).isEqualTo(Instant.ofEpochSecond(981173106));
        assertThat(shell.listRecursively(".").stream().map(ListedFile::path))
                .containsExactly("d", "d/below", "f", "l", "p");
        assertThat(names("d")).containsExactly("below");
        assertThat(shell.status("l").orElseThrow().linkTarget()).contains("x y");
    }

    @Test
    void distinguishesPipesAndDevices() {
        shell.run("mkfifo p");

        assertThat(shell.list("/work").get(0).status().type()).isEqualTo(FileStatus.Type.NAMED_PIPE);
        assertThat(shell.list("/dev"))
                .filteredOn(file -> file.path().equals("null"))
                .singleElement()
                .satisfies(file -> assertThat(file.toString()).startsWith("null (character device, mode 0666"));
    }

    @Test
    void knowsASocket() {
        // The other image has no program that makes one.
        try (Shell debian = SHELLS.open(ShellKind.DASH.spec())) {
            debian.run("perl", "-MIO::Socket::UNIX", "-e", "IO::Socket::UNIX->new(Local => 's', Listen => 1) or die");

            assertThat(debian.list(".").get(0).status().type()).isEqualTo(FileStatus.Type.SOCKET);
            assertThat(debian.list(".").get(0).toString()).startsWith("s (socket, mode 0");
        }
    }

    @Test
    void listsNamesOfAnyBytesAsTheyAre() {
        assertThat(shell.run("mkdir d && (cd d && for c in $(seq 1 255); do [ $c = 46 ] || [ $c = 47 ] ||"
                                + " { n=$(printf \"\\\\$(printf %03o $c).\");"
                                + " : >\"$n\" && ln -s -- \"$n\" \"l$n\"; }; done)")
                        .exitCode())
                .isZero();
        List<ListedFile> files = shell.list("d");

        assertThat(files).hasSize(2 * 253);
        assertThat(files).filteredOn(file -> file.path().startsWith("l")).allSatisfy(link -> {
            // "l." is the file for the letter l.
            if (!link.path().equals("l.")) {
                assertThat(link.status().linkTarget()).contains(link.path().substring(1));
            }
        });
        for (String unusual : List.of("\n", "'", "\\", "\"", "$", " ", "*", "-", "\u001B", "\uDCFF")) {
            assertThat(files)
                    .filteredOn(file -> file.path().equals("l" + unusual + "."))
                    .singleElement()
                    .satisfies(link ->
                            assertThat(shell.status("d/" + link.path())).contains(link.status()));
        }
        assertThat(files).extracting(ListedFile::path).contains("\n.", "'.", "\\.", "\uDCFF.", "\u001B.", "-.");
    }

    @Test
    void isNotMisledByNamesThatImitateItsLines() {
        String name = "x\n" + ForgedStat.LINE + "\n.";
        shell.copyIn(new byte[3], "d/" + name);
        shell.run("ln -s './a -> b//\n./z//81a4 1' 'd/l -> '");

        assertThat(names("d")).containsExactly("l -> ", name);
        assertThat(shell.list("d").get(0).status().linkTarget()).contains("./a -> b//\n./z//81a4 1");
    }

    @Test
    void refusesAListThatIsNotWhole() {
        shell.run("mkdir -p d/closed/e && chmod 0 d/closed");
        assertThat(names("d")).containsExactly("closed");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.listRecursively("d"))
                .withMessageStartingWith("Cannot list what is in d in the sandbox: ")
                .withMessageContaining("closed")
                .withMessageContaining("Permission denied");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.list("gone"))
                .withMessageStartingWith("Cannot list what is in gone in the sandbox: ");
        shell.run("chmod 700 d/closed");
    }

    @Test
    void refusesATreeThatIsDeeperThanAnyProgramCanNameFiles() {
        assertThat(shell.run("p=d$(printf '/d%.0s' $(seq 1000)); mkdir -p $p; for i in 1 2 3 4 5; do"
                                + " mkdir -p n/$p && mv d n/$p && mv n d; done")
                        .exitCode())
                .isZero();

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.listRecursively("d"))
                .withMessageStartingWith("Cannot list what is in d in the sandbox: ");
        assertThat(names("d")).containsExactly("d");
    }

    @Test
    void readsOnlyTheBeginningWhereThatIsAskedFor() {
        Cluster.assumeNotUsed("a pod's files have a size limit, which the large one here would exceed");
        shell.run("dd if=/dev/zero of=sparse bs=1 count=0 seek=1099511627776 2>/dev/null; printf 'PNG...' >png");

        assertThat(shell.copyOutHead("sparse", 4)).containsExactly(0, 0, 0, 0);
        assertThat(new String(shell.copyOutHead("png", 3), StandardCharsets.UTF_8)).isEqualTo("PNG");
        assertThat(shell.copyOutHead("png", 100)).hasSize(6);
        assertThat(shell.copyOutHead("png", 0)).isEmpty();
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.copyOutHead(".", 3))
                .withMessageContaining("is a directory");
    }

    @Test
    void computesADigest() {
        shell.run("printf 'abc' >'a\nb' && ln -s 'a\nb' l");

        assertThat(shell.sha256("a\nb")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.sha256("l"))
                .withMessageContaining("is a symbolic link");
    }

    @Test
    void followsLinks() {
        shell.run("mkdir d && : >d/f && ln -s d e && ln -s e/f g && ln -s nowhere dangling && ln -s loop loop"
                + " && mkdir 'x\n' && ln -s 'x\n' y");

        assertThat(shell.resolveLinks("g")).contains("/work/d/f");
        assertThat(shell.resolveLinks("e/f")).contains("/work/d/f");
        assertThat(shell.resolveLinks("y")).contains("/work/x\n");
        assertThat(shell.resolveLinks("dangling")).isEmpty();
        assertThat(shell.resolveLinks("loop")).isEmpty();
        assertThat(shell.resolveLinks("gone")).isEmpty();
    }

    @Test
    void doesNotTakeAFileThatCannotBeSeenForOneThatIsNotThere() {
        shell.run("mkdir d && : >d/evil && ln -s d/evil l && : >file && chmod 0 d");

        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.status("d/evil"))
                .withMessageStartingWith("d/evil cannot be looked at in the sandbox: ")
                .withMessageContaining("Permission denied");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.status("d/gone"))
                .withMessageContaining("Permission denied");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> shell.resolveLinks("l"))
                .withMessageStartingWith("Where l leads in the sandbox cannot be found out: ")
                .withMessageContaining("Permission denied");
        assertThat(shell.status("gone: Permission denied")).isEmpty();
        assertThat(shell.status("gone/too")).isEmpty();
        assertThat(shell.status("file/no directory")).isEmpty();
        assertThat(shell.resolveLinks("file/no directory")).isEmpty();
        shell.run("chmod 700 d");
        assertThat(shell.status("d/evil")).isPresent();
    }
}
