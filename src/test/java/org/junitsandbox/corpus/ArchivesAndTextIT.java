package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.corpus.Format.Group.ARCHIVE;
import static org.junitsandbox.corpus.Format.Group.TEXT;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/**
 * Every hostile archive and text is what it claims to be: independent readers confirm it, a naive handler falls for it,
 * and a careful one does not. Both handlers take the harmless twins.
 */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends python3 unzip libarchive-tools p7zip-full binutils xz-utils"
                    + " zstd bzip2"
        },
        reset = Reset.CLASS,
        limits = @Limits(memory = "1GiB", work = "256MiB", tmp = "16MiB", commandTime = "30m"))
class ArchivesAndTextIT {

    private static final Corpus CORPUS = Corpus.standard().groups(ARCHIVE, TEXT);

    private static Examinations examinations = Examinations.NONE;

    @BeforeAll
    static void examine(Shell shell, @TempDir Path directory) throws IOException {
        examinations = Examinations.of(CORPUS, "examine.py", shell, directory);
    }

    @ParameterizedTest
    @HostileFiles(groups = {ARCHIVE, TEXT})
    void isWhatItClaims(HostileFile file) {
        examinations.assertConfirmed(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = {ARCHIVE, TEXT})
    void bringsDownANaiveHandler(HostileFile file) {
        examinations.assertBringsDownANaiveHandler(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = {ARCHIVE, TEXT})
    void isRefusedByACarefulHandler(HostileFile file) {
        examinations.assertRefused(file);
    }

    @Test
    void hasTwinsThatReadersAndHandlersTake() {
        examinations.assertTwinsAreTaken(20);
    }

    @ParameterizedTest
    @CsvSource({
        "zip-bomb-one-gigabyte, unzip -p",
        "gzip-bomb-zeros, gzip -dc",
        "bzip2-bomb-zeros, bzip2 -dc",
        "xz-bomb-zeros, xz -dc",
        "zstd-bomb-zeros, zstd -dcq",
        "seven-zip-bomb-zeros, 7z x -so"
    })
    void becomesAsLargeAsItStates(String name, String unpack, Shell shell) {
        HostileFile file = Corpus.file(name);

        CommandResult result = shell.run(unpack + " corpus/" + file.fileName() + " | wc -c");

        assertThat(result).succeeded().hasStdout(file.expansion().bytes() + "\n");
    }

    /** CVE-2007-4559: so it was by default until Python 3.14. */
    @Test
    void findsThatTarfileWritesOutsideAndThatBsdtarDoesNot(Shell shell) {
        String file = "corpus/tar-traversal-parent.tar";
        shell.run("mkdir -p by-tarfile/target by-bsdtar/target");

        assertThat(shell.run("bsdtar", "-C", "by-bsdtar/target", "-xf", file))
                .failed()
                .stderrContains("..");
        assertThat(shell).doesNotExist("by-bsdtar/escaped.txt");

        assertThat(shell.run("python3", "-m", "tarfile", "-e", file, "by-tarfile/target"))
                .succeeded();
        assertThat(shell).file("by-tarfile/escaped.txt").contentContains("hostile-file corpus");
    }
}
