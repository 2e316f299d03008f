package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.CleanShells;
import org.junitsandbox.spec.SandboxSpec;

/** Directories in and out that are not as simple as one would wish, with the tools of GNU and of busybox. */
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = {"debian:bookworm-slim", "busybox:latest"})
class DirectoryTransferIT {

    @RegisterExtension
    static final CleanShells SHELLS = new CleanShells();

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-09-09T01:46:40Z"));

    private final Shell shell;

    @TempDir
    Path folder;

    DirectoryTransferIT(String image) {
        shell = SHELLS.open(SandboxSpec.of(image));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void followsALinkThatIsGivenAsTheSource() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("file"), "content");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

        shell.copyIn(link, "copy");

        assertThat(shell.run("cat copy/file && test ! -L copy").stdout()).isEqualTo("content");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 600_000})
    void replacesFilesThatCannotBeWrittenTo(int size) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/sub"));
        Path file = Files.write(source.resolve("file"), new byte[size]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-xr-xr-x"));

        for (int i = 0; i < 2; i++) {
            shell.copyIn(folder.resolve("source"), "copy");
            shell.copyIn(file, "single");
        }

        assertThat(shell.run("stat -c '%s %a' copy/sub/file single copy/sub").stdout())
                .startsWith(size + " 444\n" + size + " 444\n")
                .endsWith(" 555\n");
    }

    @Test
    void setsModesWhateverTheShellsMask() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/sub"));
        Files.setPosixFilePermissions(
                Files.createFile(source.resolve("file")), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxrwxrwx"));
        shell.run("umask 077");

        shell.copyIn(folder.resolve("source"), "copy");

        assertThat(shell.run("stat -c %a copy/sub copy/sub/file; umask").stdout()).isEqualTo("777\n777\n0077\n");
    }

    @Test
    void keepsTheTimesOfFilesOfEverySizeAndOfDirectories() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/sub"));
        Files.setLastModifiedTime(Files.write(source.resolve("small"), new byte[10]), LONG_AGO);
        Files.setLastModifiedTime(Files.write(source.resolve("large"), new byte[600_000]), LONG_AGO);
        Files.setLastModifiedTime(source, LONG_AGO);

        shell.copyIn(folder.resolve("source"), "copy");
        shell.copyIn(source.resolve("large"), "single");

        assertThat(shell.run("TZ=Asia/Kathmandu; stat -c %Y copy/sub/small copy/sub/large single copy/sub").stdout())
                .isEqualTo("1000000000\n".repeat(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "", "/work", "/work/", "./"})
    void addsToADirectoryThatExistsAndLeavesItsModeAndTime(String target) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-x------"));
        String before = shell.run("stat -c %a .").stdout();

        shell.copyIn(source, target);

        assertThat(shell.run("cat /work/file; >/work/new; stat -c %a .").stdout()).isEqualTo("content" + before);
    }

    @Test
    void copiesOutFilesThatAreWrittenToMeanwhile() throws IOException {
        shell.run("mkdir -p out/empty && echo fine >out/fine && seq 1 50000 >out/log && touch out/.on");
        shell.run("(while test -e out/.on; do echo more; done >>out/log) >/dev/null 2>&1 &");

        for (int i = 0; i < 20; i++) {
            Path target = folder.resolve("copy" + i);
            shell.copyOut("out", target);

            assertThat(target.resolve("fine")).hasContent("fine\n");
            assertThat(target.resolve("empty")).isEmptyDirectory();
            assertThat(Files.readString(target.resolve("log"))).startsWith("1\n2\n").doesNotContain("\0");
            // The log is limited by the sandbox only.
            shell.run("rm out/log && seq 1 50000 >out/log");
        }
        shell.run("rm out/.on");
    }

    @Test
    @Timeout(120)
    void refusesADirectoryThatIsTooDeepAndWritesNothing() {
        // In two steps, as no path may have more than 4,095 characters.
        assertThat(shell.run("p=$(seq -s / 1280 | sed 's/[0-9][0-9]*/d/g') && mkdir -p deep/$p && cd deep/$p"
                        + " && mkdir -p $p && cd /work"))
                .succeeded();

        Throwable refusal = catchThrowable(() -> shell.copyOut("deep", folder.resolve("target")));

        // Busybox's tar itself gives up at the longest path.
        assertThat(refusal).isInstanceOf(TransferException.class);
        assertThat(refusal.getMessage())
                .containsAnyOf("is in more than 256 directories inside each other", "cannot be read in the sandbox")
                .hasSizeLessThan(2_000);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNothingWhenItIsInterrupted() throws Exception {
        shell.run("mkdir many && cd many && i=0 && while [ $i -lt 5000 ]; do >f$i; i=$((i + 1)); done; cd /work");
        Path target = folder.resolve("target");
        AtomicReference<Throwable> end = new AtomicReference<>();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread copying = new Thread(() -> {
            end.set(catchThrowable(() -> shell.copyOut("many", target)));
            assertThat(Thread.interrupted()).isTrue();
            interrupted.countDown();
        });

        copying.start();
        while (!Files.exists(target) && copying.isAlive()) {
            Thread.onSpinWait();
        }
        copying.interrupt();
        copying.join();

        assertThat(end.get()).isInstanceOf(SandboxInterruptedException.class);
        assertThat(interrupted.getCount()).isZero();
        assertThat(target).doesNotExist();
        assertThat(shell.run("echo alive").stdout()).isEqualTo("alive\n");
    }
}
