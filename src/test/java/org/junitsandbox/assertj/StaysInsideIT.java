package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.harness.RecycledShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StrayFile;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

class StaysInsideIT {

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
        shell.copyInText("archive", "upload.zip");
        shell.copyInText("not for others", "secret");
    }

    private static void run(String text) {
        run(shell, text);
    }

    private static void run(Shell shell, String text) {
        CommandResult result = shell.run(text);
        assertThat(result.succeeded()).as(result.stderr()).isTrue();
    }

    private static @Nullable String failure(Shell shell, String... directories) {
        String message = catchThrowable(() -> assertThat(shell).staysInside(directories)).getMessage();
        return message == null ? null : OwnUser.hidden(message);
    }

    /** The lines on single files. */
    private static @Nullable String found(Shell shell, String... directories) {
        String message = String.valueOf(failure(shell, directories));
        return message.substring(message.indexOf("but "), message.indexOf("\n\nSandbox: "));
    }

    @Test
    void acceptsWhatStaysInside() {
        assertThat(shell).staysInside("/work/out").staysInside("/nowhere");
        run("mkdir -p out/css && echo >out/css/main.css && ln out/css/main.css out/same && chmod g+s out/css"
                + " && ln -s css/main.css out/l && ln -s ../out out/up && ln -s /work/out/nothing out/dangling"
                + " && ln -s circle out/circle");

        assertThat(shell)
                .staysInside("/work/out")
                .staysInside("out")
                .staysInside("./nothing/../out/", "/tmp")
                .staysInside("/work")
                .staysInside("/");
    }

    @Test
    void reportsEachWayOutWithItsTarget() {
        run("mkdir -p out/d && cd out && echo >../evil && rm ../upload.zip && echo >>../secret && mkdir /tmp/d"
                + " && ln -s /etc/passwd absolute && ln -s ../../up d/relative && ln -s d/relative chain"
                + " && ln -s ../out/../nothing dangling && ln ../secret hard && mkfifo pipe"
                + " && echo >u && chmod 4755 u && echo >g && chmod 2711 g");

        assertThat(failure(shell, "/work/out"))
                .isEqualTo("""

                        Expecting all changes to stay inside:
                          /work/out
                        but 12 do not:
                          added /tmp/d (directory, mode 0755, owner 65534:65534): outside
                          added /work/evil (regular file, 1 byte, mode 0644, owner 65534:65534): outside
                          added /work/out/absolute (symbolic link to /etc/passwd, mode 0777, owner 65534:65534): \
                        leads to /etc/passwd
                          added /work/out/chain (symbolic link to d/relative, mode 0777, owner 65534:65534): \
                        leads to /work/up
                          added /work/out/d/relative (symbolic link to ../../up, mode 0777, owner 65534:65534): \
                        leads to /work/up
                          added /work/out/dangling (symbolic link to ../out/../nothing, mode 0777, owner 65534:65534): \
                        leads to /work/nothing
                          added /work/out/g (regular file, 1 byte, mode 2711, owner 65534:65534): \
                        gives the rights of its group to all that run it
                          added /work/out/hard (regular file, 15 bytes, mode 0644, owner 65534:65534): \
                        is the same file as /work/secret
                          added /work/out/pipe (named pipe, mode 0644, owner 65534:65534): \
                        neither file, directory nor link
                          added /work/out/u (regular file, 1 byte, mode 4755, owner 65534:65534): \
                        gives the rights of its owner to all that run it
                          modified /work/secret (regular file, 15 bytes, mode 0644, owner 65534:65534): outside
                          deleted /work/upload.zip: outside

                        Sandbox: busybox:latest""");
    }

    @Test
    void findsAHardLinkAlsoWhereTheFileItselfIsAsItWas() {
        run("mkdir out && ln secret out/hard");

        assertThat(found(shell, "out"))
                .isEqualTo("""
                        but 1 does not:
                          added /work/out/hard (regular file, 14 bytes, mode 0644, owner 65534:65534): \
                        is the same file as /work/secret""");
        assertThat(shell.strayFiles("out")).singleElement().satisfies(file -> {
            assertThat(file.reason()).isEqualTo(StrayFile.Reason.HARD_LINK);
            assertThat(file.leadsTo()).contains("/work/secret");
            assertThat(file.change().path()).isEqualTo("/work/out/hard");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tmp", "../tmp", "out2", ".", "/work/./out2/../out2"})
    void findsADirectoryThatWasReplacedByALink(String target) {
        shell.copyInText("x", "out/given");
        run("rm -r out && ln -s " + target + " out");

        assertThat(shell.strayFiles("out"))
                .singleElement()
                .satisfies(file -> assertThat(file.reason()).isEqualTo(StrayFile.Reason.SYMBOLIC_LINK));
    }

    @Test
    void findsALinkInTheWayToTheDirectory() {
        run("mkdir -p /tmp/a/out && ln -s /tmp/a a && echo >a/out/f");

        assertThat(shell.strayFiles("/work/a/out"))
                .extracting(file -> file.change().path())
                .containsExactly("/tmp/a", "/tmp/a/out", "/tmp/a/out/f", "/work/a");
        assertThat(shell).staysInside("/tmp/a", "/work/a");
    }

    @Test
    void doesNotCountWhatTheTestMadeItself() {
        shell.copyInText("x", "other/x");
        run("mkdir out && ln -s /etc out/old && ln -s /etc elsewhere && mkfifo out/pipe");
        shell.markFiles();
        shell.copyInText("y", "other/y");
        assertThat(shell).staysInside("out");

        run("ln -s old/passwd out/new");

        assertThat(found(shell, "out"))
                .isEqualTo("""
                        but 1 does not:
                          added /work/out/new (symbolic link to old/passwd, mode 0777, owner 65534:65534): \
                        leads to /etc/passwd""");
    }

    @Test
    void showsNamesOfAnyBytesOnOneLineEach() {
        run("mkdir out && cd out && ln -s \"$(printf '/tmp/\\033[2J\\nx\\377')\" \"$(printf 'l\\n  and 5 more\\351')\""
                + " && echo >\"$(printf '/tmp/a%%n\\nb')\"");

        assertThat(found(shell, "/work/out"))
                .isEqualTo("""
                        but 2 do not:
                          added /tmp/a%n\\nb (regular file, 1 byte, mode 0644, owner 65534:65534): outside
                          added /work/out/l\\n  and 5 more\\uDCE9 (symbolic link to /tmp/\\u001B[2J\\nx\\uDCFF, \
                        mode 0777, owner 65534:65534): leads to /tmp/\\u001B[2J\\nx\\uDCFF""");
    }

    @Test
    void showsTheFirstOfMany() {
        run("for i in $(seq 100 149); do : >f$i; done");

        assertThat(String.valueOf(found(shell, "/work/out")).lines())
                .hasSize(22)
                .startsWith("but 50 do not:")
                .endsWith("  and 30 more");
    }

    @Test
    void refusesToBeGivenNoDirectory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(shell).staysInside())
                .withMessage("No directory is given that files may be in: give one or more");
        assertThatIllegalArgumentException().isThrownBy(() -> shell.strayFiles("a\0b"));
    }

    @Test
    void checksSoftly() {
        run("echo >evil");

        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(shell).staysInside("out").staysInside("/work");
        softly.assertThat((Shell) null).staysInside("out");

        assertThat(softly.errorsCollected()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void judgesInASandboxThatWasUsedBefore(ShellKind kind) {
        try (RecycledShells shells = new RecycledShells(1)) {
            Shell used = shells.of(kind);
            assertThat(used).staysInside("out");
            run(used, "mkdir out && ln -s x out/l && ln -s ../x out/m");

            assertThat(used.strayFiles("out")).extracting(StrayFile::leadsTo).singleElement().asString()
                    .contains("/work/x");
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void judgesOnAWritableRootSinceAMark(ShellKind kind) {
        Cluster.assumeNotUsed("the limit of processes does not hold in a pod whose user is set");
        try (Shell writable = Shell.open(kind.spec().profile(Profile.TRUSTED.network("none")))) {
            assertThatIllegalStateException().isThrownBy(() -> assertThat(writable).staysInside("/srv"));
            writable.markFiles();
            run(writable, "mkdir -p /srv/out && echo >/srv/out/f && ln -s / /srv/out/root");
            run(writable, "ln /etc/passwd /srv/out/p && echo >>/etc/group");

            assertThat(writable.strayFiles("/srv/out").stream().filter(file -> file.change().path().startsWith("/srv")))
                    .extracting(StrayFile::toString)
                    .satisfiesExactly(
                            hard -> assertThat(hard).endsWith("is the same file as /etc/passwd"),
                            link -> assertThat(link).endsWith("leads to /"));
            assertThat(writable.strayFiles("/srv/out"))
                    .extracting(file -> file.change().path())
                    .contains("/etc/group");
        }
    }
}
