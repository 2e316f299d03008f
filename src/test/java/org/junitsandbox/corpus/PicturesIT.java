package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.corpus.Format.Group.PICTURE;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/**
 * Every hostile picture is what it claims to be: independent readers confirm it, a naive handler falls for it, and a
 * careful one does not. Both handlers take the harmless twins.
 */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends python3 file graphicsmagick imagemagick pngcheck giflib-tools"
                    + " netpbm libjpeg-turbo-progs libtiff-tools webp icoutils"
                    + " libimage-exiftool-perl libxml2-utils librsvg2-bin gsfonts",
            // So that a policy that was left open can be shown: it no longer forbids names like @/etc/passwd.
            "sed -i '/pattern=\"@/d' /etc/ImageMagick-6/policy.xml"
        },
        reset = Reset.CLASS,
        limits = @Limits(memory = "2GiB", work = "64MiB", commandTime = "30m"))
class PicturesIT {

    private static final Corpus CORPUS = Corpus.standard().groups(PICTURE);

    private static Examinations examinations = Examinations.NONE;

    @BeforeAll
    static void examine(Shell shell, @TempDir Path directory) throws IOException {
        examinations = Examinations.of(CORPUS, "pictures.py", shell, directory);
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void isWhatItClaims(HostileFile file) {
        examinations.assertConfirmed(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void bringsDownANaiveHandler(HostileFile file) {
        examinations.assertBringsDownANaiveHandler(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void isRefusedByACarefulHandler(HostileFile file) {
        examinations.assertRefused(file);
    }

    @Test
    void hasATwinThatReadersAndHandlersTake() {
        examinations.assertTwinsAreTaken(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "png-bomb-pixels",
                "jpeg-bomb-pixels",
                "gif-bomb-pixels",
                "bmp-bomb-pixels",
                "tiff-bomb-pixels",
                "webp-bomb-pixels"
            })
    void hasAsManyPixelsAsItStates(String name, Shell shell) {
        HostileFile file = Corpus.file(name);
        long side = (long) Math.sqrt(file.expansion().bytes() / 4.0);

        assertThat(shell.run("gm identify -ping -format '%w %h' corpus/" + file.fileName()))
                .succeeded()
                .hasStdout(side + " " + side + "\n");
    }

    @Test
    void findsThatDjpegFollowsEachScanAndThatGraphicsMagickStops(Shell shell) {
        String file = "corpus/jpeg-complexity-scans.jpg";

        assertThat(shell.run("gm convert jpeg:" + file + " null:")).failed().stderrContains("maximum scans");
        assertThat(shell.run("djpeg -maxscans 100 -outfile /dev/null " + file))
                .failed()
                .stderrContains("Scan number 101");

        // 128 and the number of the signal XCPU: 5 seconds of the CPU were not enough for 400 kB.
        assertThat(shell.run("(ulimit -S -t 5; djpeg -outfile /dev/null " + file + ")"))
                .exitedWith(152);
    }

    /** CVE-2016-3717: so it was before 2016, and so it is where no policy forbids it. */
    @Test
    void findsThatImageMagickShowsOtherFilesWhereItsPolicyIsLeftOpen(Shell shell) {
        String file = "corpus/png-wrong-type-mvg.png";
        String policy = "<policymap><policy domain='path' rights='none' pattern='@*'/></policymap>";
        shell.copyInText(policy, "closed/policy.xml");

        assertThat(shell.run("convert png:" + file + " shown.png")).failed().stderrContains("improper image header");
        assertThat(shell.run("MAGICK_CONFIGURE_PATH=/work/closed convert mvg:" + file + " shown.png"))
                .failed()
                .stderrContains("security policy");

        assertThat(shell.run("convert mvg:" + file + " shown.png")).succeeded();

        shell.run("sed s:/etc/passwd:/work/secret: " + file + " >upload");
        assertThat(pictureOf("one secret", shell)).isNotEqualTo(pictureOf("another secret", shell));
    }

    /** A digest of the pixels that drawing commands in {@code upload} make of this secret. */
    private static String pictureOf(String secret, Shell shell) {
        shell.run("printf %s '" + secret + "' >secret && convert mvg:upload shown.png");
        CommandResult digest = shell.run("identify -format '%#' shown.png");
        assertThat(digest).succeeded();
        return digest.stdout();
    }

    @Test
    void findsThatImageMagickLetsTheContentChooseTheFormatUnlessItIsNamed(Shell shell) {
        String file = "corpus/png-wrong-type-svg.png";

        assertThat(shell.run("convert " + file + " shown.png")).succeeded();
        assertThat(shell.run("convert png:" + file + " shown.png")).failed();
    }
}
