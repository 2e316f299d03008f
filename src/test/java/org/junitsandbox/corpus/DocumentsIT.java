package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.corpus.Format.Group.DOCUMENT;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.shell.Shell;

/**
 * Every hostile document is what it claims to be: independent readers confirm it, a naive handler falls for it, and a
 * careful one does not. Both handlers take the harmless twins.
 */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends python3 python3-yaml python3-ruamel.yaml libyaml-pp-perl"
                    + " libxml2-utils xmlstarlet jq miller sqlite3 qpdf poppler-utils ghostscript unzip python3-docx"
                    + " python3-openpyxl python3-odf python3-m3u8 tidy mpack libimage-exiftool-perl mediainfo"
                    + " openssl gnutls-bin fontconfig opentype-sanitizer"
        },
        reset = Reset.CLASS,
        limits = @Limits(memory = "2GiB", work = "128MiB", tmp = "16MiB", commandTime = "30m"))
class DocumentsIT {

    private static final Corpus CORPUS = Corpus.standard().groups(DOCUMENT);

    private static Examinations examinations = Examinations.NONE;

    @BeforeAll
    static void examine(Shell shell, @TempDir Path directory) throws IOException {
        examinations = Examinations.of(CORPUS, "documents.py", shell, directory);
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void isWhatItClaims(HostileFile file) {
        examinations.assertConfirmed(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void bringsDownANaiveHandler(HostileFile file) {
        examinations.assertBringsDownANaiveHandler(file);
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void isRefusedByACarefulHandler(HostileFile file) {
        examinations.assertRefused(file);
    }

    @Test
    void hasTwinsThatReadersAndHandlersTake() {
        examinations.assertTwinsAreTaken(0);
    }

    /** A reader that is asked to replace entities opens what they name. */
    @Test
    void findsThatXmllintReadsAnotherFileWhenEntitiesAreReplaced(Shell shell) {
        String file = "corpus/xml-external-reference-entity-file.xml";

        assertThat(shell.run("xmllint", "--noent", file)).succeeded().stdoutContains("root:x:0:0");
        assertThat(shell.run("xmllint", file)).succeeded().stdoutContains("&x;");
    }
}
