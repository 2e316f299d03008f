package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.text.ByteText;

@Timeout(300)
@ParameterizedClass
@EnumSource(ShellKind.class)
class ChangesIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private final Shell shell;

    @TempDir
    Path folder;

    ChangesIT(ShellKind kind) {
        shell = SHELLS.open(kind.spec());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private void run(String text) {
        CommandResult result = shell.run(text);
        assertThat(result.succeeded()).as(result.stderr()).isTrue();
    }

    private List<String> changes() {
        return shell.changes().all().stream().map(FileChange::toString).toList();
    }

    /** Kinds and paths, in one text for each. */
    private List<String> changedPaths() {
        return shell.changes().all().stream().map(change -> change.kind() + " " + change.path()).toList();
    }

    @Test
    void findsNothingInANewSandbox() {
        try (Shell started = Shell.open(shell.spec())) {
            assertThat(started.changes().all()).isEmpty();
            started.run("ls /work /tmp >/dev/null; cd /tmp; x=1");
            started.run(Command.of("cat").stdin("input"));
            assertThat(started.changes().all()).isEmpty();
        }
    }

    @Test
    void findsWhatCommandsMadeWithItsStatus() {
        run("printf 12345 >f && chmod 640 f && mkdir -m 700 d && ln -s 'x y' d/l && mkfifo -m 600 /tmp/p"
                + " && : >/dev/shm/s");

        String owner = shell.run("echo $(id -u):$(id -g)").stdout().strip();
        assertThat(changes())
                .containsExactly(
                        "added /dev/shm/s (regular file, 0 bytes, mode 0644, owner " + owner + ")",
                        "added /tmp/p (named pipe, mode 0600, owner " + owner + ")",
                        "added /work/d (directory, mode 0700, owner " + owner + ")",
                        "added /work/d/l (symbolic link to x y, mode 0777, owner " + owner + ")",
                        "added /work/f (regular file, 5 bytes, mode 0640, owner " + owner + ")");
        assertThat(shell.changes().under("/tmp").paths()).containsExactly("/tmp/p");
        assertThat(shell.changes().under("d").added().paths()).containsExactly("/work/d", "/work/d/l");
        assertThat(shell.changes().of("f").orElseThrow().status().orElseThrow().sizeBytes()).isEqualTo(5);
        run("rm -r f d /tmp/p /dev/shm/s");
        assertThat(changes()).isEmpty();
    }

    @Test
    void doesNotCountWhatWasCopiedInUntilItIsChanged() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.writeString(tree.resolve("small\nname"), "small");
        Files.write(tree.resolve("large"), new byte[3_000_000]);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("small"));
        Files.createDirectory(tree.resolve("closed"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("r-xr-xr-x")));
        shell.copyIn(folder.resolve("tree"), "tree");
        shell.copyIn(new byte[9_000_000], "made/for/it");
        shell.copyInText("#!/bin/sh", "/tmp/script", "0755");
        run("mkdir there && cd there && ln -s there ../alias");
        shell.copyInText("relative", "relative");
        shell.copyInText("in a link", "/work/alias/file");

        assertThat(changedPaths()).containsExactly("ADDED /work/alias", "ADDED /work/there");

        run("cd /work && printf smalL >'tree/sub/small\nname' && touch tree/sub/large && chmod 700 made"
                + " && rm tree/sub/link && echo >>/tmp/script && rm there/relative");
        assertThat(changedPaths())
                .containsExactly(
                        "MODIFIED /tmp/script",
                        "ADDED /work/alias",
                        "MODIFIED /work/made",
                        "ADDED /work/there",
                        "DELETED /work/there/relative",
                        "DELETED /work/tree/sub/link",
                        "MODIFIED /work/tree/sub/small\nname");
    }

    @Test
    void findsChangesWhenTheDirectoryOfTheShellIsGone() {
        run("echo >f && mkdir gone && cd gone && rmdir ../gone");
        assertThat(changedPaths()).containsExactly("ADDED /work/f");
        shell.markFiles();
        assertThat(changes()).isEmpty();
    }

    @Test
    void countsFromAMark() {
        run("mkdir d && echo 1 >d/kept && echo 1 >d/same-size && echo 1 >d/mode && echo 1 >d/moved && echo 1 >d/gone"
                + " && ln -s a d/link && echo 1 >d/back");
        shell.copyInText("copied", "copied");
        shell.markFiles();
        assertThat(changes()).isEmpty();

        // The same size and time of modification, set right after the mark: only the time of the change differs.
        run("touch -r d/same-size t && echo 2 >d/same-size && touch -r t d/same-size && rm t && chmod 600 d/mode"
                + " && mv d/moved d/new && rm d/gone && ln -sf b d/link && mv d/back x && mv x d/back && echo >copied");

        assertThat(changedPaths())
                .containsExactly(
                        "MODIFIED /work/copied",
                        "MODIFIED /work/d/back",
                        "DELETED /work/d/gone",
                        "MODIFIED /work/d/link",
                        "MODIFIED /work/d/mode",
                        "DELETED /work/d/moved",
                        "ADDED /work/d/new",
                        "MODIFIED /work/d/same-size");
        assertThat(shell.changes().deleted().paths()).containsExactly("/work/d/gone", "/work/d/moved");
        assertThat(shell.changes().modified().all()).hasSize(5);
        shell.markFiles();
        assertThat(changes()).isEmpty();
    }

    @Test
    void startsAnewAtAResetAndDoesNotCountTheFilesOfACheckpoint() {
        run("mkdir -m 750 d && echo 1 >d/f && ln -s f d/l && mkfifo d/p && ln d/f d/hard && echo >e && chmod 600 e");
        shell.checkpoint();
        run("echo 2 >g");
        shell.reset();
        assertThat(changes()).isEmpty();

        run("echo 2 >d/f && rm e && : >/tmp/t");
        assertThat(changedPaths())
                .containsExactly("ADDED /tmp/t", "MODIFIED /work/d/f", "MODIFIED /work/d/hard", "DELETED /work/e");
        shell.reset();
        assertThat(changes()).isEmpty();
    }

    @Test
    void leavesOutWhatTheLibraryKeepsOfBackgroundPrograms() {
        BackgroundProgram program = shell.start("echo out; echo >made");
        program.awaitEnd(Duration.ofSeconds(30));

        assertThat(changedPaths()).containsExactly("ADDED /work/made");
    }

    @Test
    void agreesWithFindOnNamesOfAnyBytes() {
        run("mkdir d && (cd d && for c in $(seq 1 255); do [ $c = 46 ] || [ $c = 47 ] || : >\"$(printf"
                + " \"\\\\$(printf %03o $c).\")\"; done; n='x//81a4 1\n/work/y';"
                + " mkdir -p \"$n\"; ln -s \"$n\" \"l -> $n\" || :)");
        String found = shell.run("find /work -mindepth 1 | od -An -v -tx1 | tr -d ' \\n'").stdout();

        Set<String> paths = new TreeSet<>(shell.changes().paths());
        String listed = paths.stream().map(path -> path + "\n").reduce("", String::concat);
        assertThat(sortedLines(ByteText.encode(listed)))
                .isEqualTo(sortedLines(HexFormat.of().parseHex(found)));
    }

    private static List<String> sortedLines(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lines().sorted().toList();
    }

    @Test
    void saysWhatCannotBeListed() {
        run("mkdir -p d/closed/below && chmod 0 d/closed");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(shell::changes)
                .withMessageMatching(
                        "Cannot list the files in the sandbox: find: '?/work/d/closed'?: Permission denied");
        run("chmod 700 d/closed && rm -r d");

        run("p=d$(printf '/d%.0s' $(seq 1000)); mkdir -p $p; for i in $(seq 19); do mkdir -p n/$p && mv d n/$p"
                + " && mv n d; done");
        assertThatExceptionOfType(TransferException.class)
                .isThrownBy(shell::changes)
                .withMessageMatching(
                        "Cannot list the files in the sandbox: .*: (File name too long|Too many open files)");
    }
}
