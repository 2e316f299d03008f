package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class CorpusTests {

    @Test
    void namesEachFileDifferently() {
        assertThat(Corpus.all().files()).extracting(HostileFile::name).doesNotHaveDuplicates();
    }

    @Test
    void hasNamesThatAreSafeEverywhere() {
        assertThat(Corpus.all().files())
                .allSatisfy(file -> assertThat(file.fileName()).matches("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+)+"))
                .allSatisfy(file ->
                        assertThat(file.harmlessTwin().fileName()).matches("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+)+"));
    }

    @Test
    void describesEachFileInPrintableSentences() {
        assertThat(Corpus.all().files())
                .allSatisfy(file -> assertThat(file.description()).matches("[A-Z0-9'][ -~]{10,150}\\."))
                .allSatisfy(file -> assertThat(file.safeHandling()).matches("[A-Z][ -~]{5,150}\\."))
                .allSatisfy(file -> assertThat(file.reference()).matches("CWE-[0-9]+(, [ -~]+)?"));
    }

    @Test
    void hasATwinForEachThatIsAnotherFile() {
        assertThat(Corpus.standard().files()).allSatisfy(file -> {
            if (file.uploadName().equals(file.fileName())) {
                assertThat(file.harmlessTwin().bytes()).isNotEqualTo(file.bytes());
            }
        });
    }

    @ParameterizedTest
    @HostileFiles(huge = true)
    void opensEachWithoutMakingAllOfIt(HostileFile file) throws IOException {
        try (InputStream in = file.open()) {
            in.readNBytes(1 << 16);
        }
    }

    @ParameterizedTest
    @HostileFiles
    void makesTheSameBytesEachTime(HostileFile file) {
        byte[] bytes = file.bytes();

        assertThat(bytes).isEqualTo(file.bytes()).hasSizeLessThanOrEqualTo(4 << 20);
    }

    @Test
    void selectsByFormatAttackAndGroup() {
        Corpus zips = Corpus.standard().formats(Format.ZIP).attacks(Attack.TRAVERSAL);

        assertThat(zips.files())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.format()).isEqualTo(Format.ZIP))
                .allSatisfy(file -> assertThat(file.attack()).isEqualTo(Attack.TRAVERSAL));
        assertThat(zips.groups(Format.Group.PICTURE).files()).isEmpty();
        assertThat(zips.formats().attacks().groups().files()).isEqualTo(zips.files());
    }

    @Test
    void namesSimilarFilesWhenThereIsNoSuchOne() {
        assertThatThrownBy(() -> Corpus.file("zip-traversal"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'zip-traversal'", "zip-traversal-parent, ");
    }

    @Test
    void overwritesNoFile(@TempDir Path directory) throws IOException {
        HostileFile file = Corpus.file("zip-traversal-parent");
        Path there = directory.resolve("there");
        file.writeTo(there);

        assertThat(there).hasBinaryContent(file.bytes());
        assertThatThrownBy(() -> file.writeTo(there)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void readsWellInAReport() {
        assertThat(Corpus.file("zip-traversal-parent"))
                .hasToString("zip-traversal-parent.zip: An entry is named ../escaped.txt.");
    }

    /** So that no virus scanner takes the library itself for a virus. */
    @Test
    void isNotFoundByScannersItself() throws Exception {
        Path classes = Path.of(
                Corpus.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (Path place : List.of(Path.of("src"), classes)) {
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> assertThat(
                                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(Samples.eicar()));
            }
        }
    }
}
