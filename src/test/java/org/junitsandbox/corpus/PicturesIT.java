package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.corpus.Format.Group.PICTURE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        limits = @Limits(memory = "2GiB", work = "64MiB", commandTime = "900s"))
class PicturesIT {

    private static final Corpus CORPUS = Corpus.standard().groups(PICTURE);

    private static Map<String, Examination> examinations = Map.of();

    @BeforeAll
    static void examine(Shell shell, @TempDir Path directory) throws IOException {
        examinations = Examination.of(CORPUS, "pictures.py", shell, directory);
    }

    private static Examination examinationOf(HostileFile file) {
        return Objects.requireNonNull(examinations.get(file.fileName()), file.fileName());
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void isWhatItClaims(HostileFile file) {
        assertThat(examinationOf(file))
                .matches(
                        each -> each.claims().contains(file.attack().name())
                                || !each.complaints().isEmpty(),
                        "confirmed by an independent reader as " + file.attack());
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void bringsDownANaiveHandler(HostileFile file) {
        assertThat(examinationOf(file)).matches(each -> each.isProof(file.attack()), "a fall for " + file.attack());
    }

    @ParameterizedTest
    @HostileFiles(groups = PICTURE)
    void isRefusedByACarefulHandler(HostileFile file) {
        assertThat(examinationOf(file)).matches(Examination::isRefused, "a refusal, not a failure");
    }

    @Test
    void hasATwinThatReadersAndHandlersTake() {
        List<Examination> twins = examinations.values().stream()
                .filter(each -> each.name().contains("-twin."))
                .toList();

        assertThat(twins).isNotEmpty().allSatisfy(twin -> {
            assertThat(twin.claims()).isEmpty();
            assertThat(twin.complaints()).isEmpty();
            assertThat(twin.proofs()).isEmpty();
            assertThat(twin.verdict()).isEqualTo("taken");
        });
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
