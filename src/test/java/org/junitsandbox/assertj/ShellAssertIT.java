package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.TransferException;

/** Assertions on files, in a new container and in one that was used and cleaned. */
@ParameterizedClass
@ValueSource(ints = {0, 1})
@SuppressWarnings("NullAway.Init") // It does not know the methods that run before a class with parameters.
class ShellAssertIT {

    private static RecycledShells shells;

    private static Shell shell;

    ShellAssertIT(int timesCleaned) {}

    @BeforeParameterizedClassInvocation
    static void makeFiles(int timesCleaned) {
        shells = new RecycledShells(timesCleaned);
        shell = shells.of(ShellKind.BUSYBOX);
        assertThat(shell.run("cd /work && printf '100%%\\n' >note && chmod 640 note && mkdir folder && : >empty"
                        + " && ln -s nowhere link && mkfifo pipe && printf '\\177ELF\\377' >binary"
                        + " && echo secret >locked && chmod 0 locked"))
                .succeeded();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shells.close();
    }

    @Test
    void findsNothingOfAnEarlierUse() {
        assertThat(shell).file("/tmp").isEmptyDirectory();
        assertThat(failureOf("f", SandboxFileAssert::exists)).contains("Expecting f to exist\n");
    }

    @Test
    void findsThatAnythingWithANameExists() {
        assertThat(shell)
                .exists("note")
                .exists("/work/folder")
                .exists("link")
                .doesNotExist("nowhere")
                .doesNotExist("/none/at/all");
    }

    @Test
    void takesNamesToTheLetter() {
        assertThat(shell).doesNotExist("*").doesNotExist("$(echo note)");
    }

    @Test
    void checksEveryAttributeOfAFile() {
        assertThat(shell)
                .file("note")
                .exists()
                .isRegularFile()
                .isNotEmpty()
                .hasSize(5)
                .hasMode("0640")
                .startsWith((byte) '1', (byte) '0')
                .hasContent("100%\n")
                .hasBytes(new byte[] {'1', '0', '0', '%', '\n'})
                .contentContains("0%", "1")
                .contentDoesNotContain("2", "%%");
        assertThat(shell).file("folder").isDirectory();
        assertThat(shell).file("link").isSymbolicLink();
        assertThat(shell).file("empty").isEmpty().hasContent("").hasSize(0);
        assertThat(shell).file("binary").startsWith((byte) 0x7F, (byte) 'E', (byte) 'L', (byte) 'F');
        assertThat(shell).file("nowhere").doesNotExist();
    }

    @Test
    void continuesWithTheContentOfAFile() {
        assertThat(shell).file("note").content().startsWith("100").endsWith("%\n").hasLineCount(1);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).file("note").content().isEmpty())
                .withMessageStartingWith("[the content of note] ")
                .withMessageContaining("100%");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).as("the %s", "note").file("note").content().isEmpty())
                .withMessageStartingWith("[the note] ");
    }

    @Test
    void findsNoContentWhereThereIsNoRegularFile() {
        assertThat(failureOf("gone", SandboxFileAssert::content))
                .contains("Expecting gone to be a regular file\nbut nothing has that name\n");
        assertThat(failureOf("folder", SandboxFileAssert::content))
                .contains("Expecting folder to be a regular file\nbut it is a directory\n");
    }

    @Test
    void namesEachTextThatIsMissing() {
        assertThat(failureOf("note", file -> file.contentContains("100", "x", "y")))
                .contains("but these are missing:\n  \"x\"\n  \"y\"\n");
        assertThat(failureOf("note", file -> file.contentDoesNotContain("x", "100")))
                .contains("not to contain:\n  \"x\"\n  \"100\"\nbut these are found:\n  \"100\"\n");
    }

    @Test
    void checksContentSoftly() {
        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(shell).file("note").content().startsWith("x").endsWith("y").contains("100");
        softly.assertThat(shell).file("gone").content().isEmpty();
        softly.assertThat(shell).as("it").file("note").content().isEmpty();
        softly.assertThat((Shell) null).file("note").content().isEqualTo("");

        assertThat(softly.errorsCollected().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("[the content of note] ").contains("\"x\""),
                        second -> assertThat(second).startsWith("[the content of note] ").contains("\"y\""),
                        third -> assertThat(third).contains("Expecting gone to be a regular file\nbut nothing has"),
                        fourth -> assertThat(fourth).startsWith("[the content of gone] ").contains("null"),
                        fifth -> assertThat(fifth).startsWith("[it] "),
                        sixth -> assertThat(sixth).contains("actual not to be null"),
                        seventh -> assertThat(seventh).contains("actual not to be null"),
                        eighth -> assertThat(eighth).contains("null"))
                .allSatisfy(message -> assertThat(message).contains("at ShellAssertIT.checksContentSoftly("));
    }

    @Test
    void comparesContentToTheByte() {
        assertThat(failureOf("note", file -> file.hasContent("100%")))
                .isEqualTo("""

                        Expecting the content of note to be:
                          "100%"
                        but it was:
                          "100%\\n"
                        From index 4 on (line 1), expected the end but found "\\n".

                        Path:    note (in /work)
                        Sandbox: busybox:latest
                        Status:  regular file, 5 bytes, mode 0640""");
    }

    @Test
    void reportsAMissingFile() {
        assertThat(failureOf("/work/gone", file -> file.hasContent("x")))
                .isEqualTo("""

                        Expecting the content of /work/gone to be:
                          "x"
                        but nothing has that name

                        Path:    /work/gone
                        Sandbox: busybox:latest
                        Status:  missing""");
    }

    @Test
    void findsNoContentInWhatIsNoRegularFile() {
        assertThat(failureOf("folder", file -> file.hasContent("x"))).contains("but it is a directory, not");
        assertThat(failureOf("link", file -> file.contentContains("x"))).contains("but it is a symbolic link, not");
        assertThat(failureOf("pipe", SandboxFileAssert::isEmpty)).contains("but it is a named pipe, not");
    }

    @Test
    void throwsATransferExceptionForAFileThatCannotBeRead() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> assertThat(shell).file("locked").hasContent("secret\n"))
                .withMessageContaining("locked");
    }

    @Test
    void passesADescriptionOnToAFile() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).as("the %s", "note").file("note").isDirectory())
                .withMessageStartingWith("[the note] \nExpecting note to be a directory\nbut it is a regular file\n");
    }

    @Test
    void usesAnOverridingMessage() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).overridingErrorMessage("no %s", "report").exists("report"))
                .withMessage("no report");
    }

    @Test
    void checksFilesSoftlyWhereAsked() {
        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(shell).exists("gone").doesNotExist("note").exists("note");
        softly.assertThat(shell).as("it").file("note").isDirectory().hasMode("0777").hasContent("").hasSize(5);

        assertThat(softly.errorsCollected().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        first -> assertThat(first).contains("gone to exist"),
                        second -> assertThat(second).contains("note not to exist"),
                        third -> assertThat(third).startsWith("[it] ").contains("to be a directory"),
                        fourth -> assertThat(fourth).startsWith("[it] ").contains("but its mode is 0640"),
                        fifth -> assertThat(fifth).startsWith("[it] ").contains("the content of note to be"));
    }

    @Test
    void checksOwnerTimeDigestAndTarget() {
        shell.run("touch -d @981173106 note");
        assertThat(shell)
                .file("note")
                .hasOwner(OwnUser.of(shell), 65534)
                .wasModifiedAt(Instant.ofEpochSecond(981173106))
                .hasSha256(shell.run("sha256sum note | cut -c 1-64").stdout().strip());
        assertThat(shell).file("link").hasLinkTarget("nowhere");

        assertThat(failureOf("note", file -> file.hasSha256("0".repeat(64))))
                .contains("Expecting note to have the SHA-256 0000")
                .contains("\nbut it has ");
        assertThat(OwnUser.hidden(String.valueOf(failureOf("note", file -> file.hasOwner(0, 0)))))
                .contains("\nExpecting note to belong to user 0 and group 0\n"
                        + "but it belongs to user 65534 and group 65534");
        assertThat(failureOf("link", file -> file.hasLinkTarget("x")))
                .contains("\nExpecting link to be a symbolic link to x\nbut it is one to nowhere\n");
    }

    @Test
    void followsLinksWhereAsked() {
        shell.run("mkdir -p deep/er && echo x >deep/er/f && ln -s deep d2 && ln -s d2/er/f tof");
        assertThat(shell).file("tof").isSymbolicLink().followingLinks().isRegularFile().hasContent("x\n");
        assertThat(shell).file("d2").followingLinks().isDirectory().containsExactlyEntries("er");

        assertThat(failureOf("link", SandboxFileAssert::followingLinks))
                .isEqualTo("""

                        Expecting link to lead to a file
                        but it leads nowhere

                        Path:    link (in /work)
                        Sandbox: busybox:latest
                        Status:  symbolic link, 7 bytes, mode 0777""");
        assertThat(failureOf("tof", file -> file.followingLinks().isDirectory()))
                .contains("Expecting /work/deep/er/f to be a directory\nbut it is a regular file\n");
        shell.run("rm -r deep d2 tof");
    }

    @Test
    void checksDirectories() {
        shell.run("mkdir -p full/sub && echo >full/sub/f");
        assertThat(shell).file("folder").isEmptyDirectory().containsExactlyEntries();
        assertThat(shell)
                .file("full")
                .containsEntries("sub")
                .containsExactlyEntries("sub")
                .recursively()
                .containsEntries("sub/f")
                .containsExactlyEntries("sub/f", "sub");

        assertThat(failureOf("full", SandboxFileAssert::isEmptyDirectory))
                .isEqualTo("""

                        Expecting full to be an empty directory
                        but it has 1 entry:
                          sub

                        Path:    full (in /work)
                        Sandbox: busybox:latest
                        Status:  directory, 60 bytes, mode 0755""");
        assertThat(failureOf("full", file -> file.containsEntries("sub", "x"))).contains("but these are missing:\n  x");
        assertThat(failureOf("full", file -> file.recursively().containsExactlyEntries("sub")))
                .contains("but these are there as well:\n  sub/f\n");
        assertThat(failureOf("note", file -> file.containsEntries("x"))).contains("but it is a regular file");
        shell.run("rm -r full");
    }

    @Test
    void continuesWithTheBytesOfAFile() {
        assertThat(shell).file("binary").bytes().startsWith(0x7F).hasSize(5);

        assertThat(failureOf("binary", file -> file.bytes().hasSize(4))).startsWith("[the bytes of binary] ");
        assertThat(failureOf("folder", SandboxFileAssert::bytes))
                .contains("to be a regular file\nbut it is a directory");
        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(shell).file("binary").bytes().hasSize(4).hasSize(3);
        softly.assertThat(shell).file("link").followingLinks().isDirectory();
        softly.assertThat(shell).file("folder").recursively().isEmptyDirectory().containsEntries("x");
        assertThat(softly.errorsCollected()).hasSize(5);
    }

    @Test
    void readsOnlyTheBeginningOfAFileForItsFirstBytes() {
        Cluster.assumeNotUsed("a pod's files have a size limit, which the large one here would exceed");
        shell.run("dd if=/dev/zero of=huge bs=1 count=0 seek=1099511627776 2>/dev/null");
        assertThat(shell).file("huge").startsWith((byte) 0, (byte) 0).hasSize(1L << 40);

        assertThat(failureOf("huge", file -> file.startsWith((byte) 1)))
                .contains("to start with 1 byte:\n  01\nbut it starts with 00 00");
        shell.run("rm huge");
    }

    @Test
    void leavesTheShellAsItWas() {
        shell.run("(exit 7)");
        assertThat(shell).exists("note").file("note").hasContent("100%\n");
        assertThat(shell.run("echo $?")).hasStdout("7\n");
    }

    private static @Nullable String failureOf(String path, Consumer<SandboxFileAssert> assertion) {
        return catchThrowable(() -> assertion.accept(assertThat(shell).file(path)))
                .getMessage();
    }
}
