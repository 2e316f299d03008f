package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.TransferException;

class ShellAssertIT {

    private static Shell shell;

    @BeforeAll
    static void makeFiles() {
        shell = Shell.open(SandboxSpec.of("busybox:latest"));
        assertThat(shell.run("cd /work && printf '100%%\\n' >note && chmod 640 note && mkdir folder && : >empty"
                        + " && ln -s nowhere link && mkfifo pipe && printf '\\177ELF\\377' >binary"
                        + " && echo secret >locked && chmod 0 locked"))
                .succeeded();
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @Test
    void whatHasANameExists() {
        assertThat(shell)
                .exists("note")
                .exists("/work/folder")
                .exists("link")
                .doesNotExist("nowhere")
                .doesNotExist("/none/at/all");
    }

    @Test
    void namesAreTakenToTheLetter() {
        assertThat(shell).doesNotExist("*").doesNotExist("$(echo note)");
    }

    @Test
    void aFileIsWhatItIs() {
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
                .contentContains("0%");
        assertThat(shell).file("folder").isDirectory();
        assertThat(shell).file("link").isSymbolicLink();
        assertThat(shell).file("empty").isEmpty().hasContent("").hasSize(0);
        assertThat(shell).file("binary").startsWith((byte) 0x7F, (byte) 'E', (byte) 'L', (byte) 'F');
        assertThat(shell).file("nowhere").doesNotExist();
    }

    @Test
    void contentIsComparedToTheByte() {
        assertThat(failureOf("note", file -> file.hasContent("100%")))
                .isEqualTo("""

                        Expecting the content of note to be:
                          "100%"
                        but it was:
                          "100%\\n"
                        From index 4 on (line 1), expected the end but found "\\n".

                        Path:    note (relative to the shell's directory)
                        Sandbox: busybox:latest
                        Status:  regular file, 5 bytes, mode 0640""");
    }

    @Test
    void aMissingFileIsMissing() {
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
    void whatIsNoRegularFileHasNoContent() {
        assertThat(failureOf("folder", file -> file.hasContent("x"))).contains("but it is a directory, not");
        assertThat(failureOf("link", file -> file.contentContains("x"))).contains("but it is a symbolic link, not");
        assertThat(failureOf("pipe", SandboxFileAssert::isEmpty)).contains("but it is a pipe, socket or device, not");
    }

    @Test
    void aFileThatCannotBeReadIsNoVerdict() {
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(() -> assertThat(shell).file("locked").hasContent("secret\n"))
                .withMessageContaining("locked");
    }

    @Test
    void aDescriptionGoesWithAFile() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).as("the %s", "note").file("note").isDirectory())
                .withMessageStartingWith("[the note] \nExpecting note to be a directory\nbut it is a regular file\n");
    }

    @Test
    void anOverridingMessageIsUsed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(shell).overridingErrorMessage("no %s", "report").exists("report"))
                .withMessage("no report");
    }

    @Test
    void fileAssertionsAreSoftWhereAsked() {
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
    void theShellIsLeftAsItWas() {
        shell.run("(exit 7)");
        assertThat(shell).exists("note").file("note").hasContent("100%\n");
        assertThat(shell.run("echo $?")).hasStdout("7\n");
    }

    private static @Nullable String failureOf(String path, Consumer<SandboxFileAssert> assertion) {
        return catchThrowable(() -> assertion.accept(assertThat(shell).file(path)))
                .getMessage();
    }
}
