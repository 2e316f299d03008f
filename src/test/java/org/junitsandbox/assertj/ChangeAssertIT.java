package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.shell.FileChange;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

class ChangeAssertIT {

    private static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(SandboxSpec.of("busybox:latest"));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @BeforeEach
    void clean() {
        shell.reset();
        shell.copyInText("picture", "picture.svg");
    }

    @Test
    void acceptsTheFilesThatMayChange() {
        assertThat(shell).changedNothing();
        shell.run("mkdir -p out/css && echo >out/css/main.css && echo >thumbnail.jpg");

        assertThat(shell)
                .changedOnly("thumbnail.jpg", "out")
                .changedOnly("/work/thumbnail.jpg", "./out/../out/css/main.css")
                .changedOnly("/work")
                .changedOnly("/");
    }

    @Test
    void reportsEveryOtherChange() {
        shell.run("printf 123 >thumbnail.jpg; printf x >>picture.svg; mkdir /tmp/cache; ln -s / '/tmp/cache/\033[2J'");

        assertThat(failureOf(assertion -> assertion.changedOnly("thumbnail.jpg")))
                .isEqualTo("""

                        Expecting only these files to change:
                          thumbnail.jpg
                        but 3 files did besides:
                          added /tmp/cache (directory, mode 0755, owner 65534:65534)
                          added /tmp/cache/\\u001B[2J (symbolic link to /, mode 0777, owner 65534:65534)
                          modified /work/picture.svg (regular file, 8 bytes, mode 0644, owner 65534:65534)

                        Sandbox: busybox:latest""");
        assertThat(failureOf(ShellAssert::changedNothing))
                .startsWith("""

                        Expecting no file to change
                        but 4 files did:
                          added /tmp/cache (directory, mode 0755, owner 65534:65534)
                        """);
    }

    @Test
    void reportsWhatDidNotChange() {
        shell.run("rm picture.svg");

        assertThat(shell).changedOnly("picture.svg");
        assertThat(failureOf(assertion -> assertion.changedOnly("thumb", "out")))
                .isEqualTo("""

                        Expecting only these files to change:
                          thumb
                          out
                        but these did not change:
                          thumb
                          out
                        but 1 file did besides:
                          deleted /work/picture.svg

                        Sandbox: busybox:latest""");
    }

    @Test
    void showsTheBeginningOfManyChanges() {
        shell.run("for i in $(seq 100 199); do : >f$i; done");

        assertThat(String.valueOf(failureOf(ShellAssert::changedNothing)).lines())
                .contains(
                        "but 100 files did:",
                        "  added /work/f100 (regular file, 0 bytes, mode 0644, owner 65534:65534)",
                        "  added /work/f119 (regular file, 0 bytes, mode 0644, owner 65534:65534)",
                        "  and 80 more")
                .noneMatch(line -> line.contains("f120"));
    }

    @Test
    void refusesToExpectNoPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(shell).changedOnly())
                .withMessage("No path is given that may change: give one or more");
    }

    @Test
    void continuesWithTheListOfChanges() {
        shell.run("echo >a; echo >b");

        assertThat(shell).changes().extracting(FileChange::path).containsExactly("/work/a", "/work/b");
        assertThat(failureOf(assertion -> assertion.changes().isEmpty()))
                .startsWith("[the changes in the sandbox] ")
                .contains("added /work/a (regular file, 1 byte, mode 0644, owner 65534:65534)");
    }

    @Test
    void checksChangesSoftly() {
        shell.run("echo >a");

        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(shell).changedNothing().changedOnly("b").changedOnly("a");
        softly.assertThat(shell).as("it").changes().isEmpty();
        softly.assertThat((Shell) null).changedNothing();

        assertThat(softly.errorsCollected().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        first -> assertThat(first).contains("no file to change"),
                        second -> assertThat(second).contains("but these did not change:\n  b"),
                        third -> assertThat(third).startsWith("[it] "),
                        fourth -> assertThat(fourth).contains("actual not to be null"));
    }

    private static @Nullable String failureOf(Consumer<ShellAssert> assertion) {
        String message = catchThrowable(() -> assertion.accept(assertThat(shell))).getMessage();
        return message == null ? null : OwnUser.hidden(message);
    }
}
