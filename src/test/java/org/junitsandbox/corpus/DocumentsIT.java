package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;
import static org.junitsandbox.corpus.Format.Group.DOCUMENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            "apt-get install -y --no-install-recommends python3 python3-yaml python3-ruamel.yaml libxml2-utils"
                    + " xmlstarlet jq sqlite3 qpdf poppler-utils unzip tidy mpack libimage-exiftool-perl mediainfo"
                    + " openssl gnutls-bin fontconfig opentype-sanitizer"
        },
        reset = Reset.CLASS,
        limits = @Limits(memory = "2GiB", work = "128MiB", tmp = "16MiB", commandTime = "400s"))
class DocumentsIT {

    private static final Corpus CORPUS = Corpus.standard().groups(DOCUMENT);

    private static Map<String, Examination> examinations = Map.of();

    @BeforeAll
    static void examine(Shell shell, @TempDir Path directory) throws IOException {
        examinations = Examination.of(CORPUS, "documents.py", shell, directory);
    }

    private static Examination examinationOf(HostileFile file) {
        return Objects.requireNonNull(examinations.get(file.fileName()), file.fileName());
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void isWhatItClaims(HostileFile file) {
        assertThat(examinationOf(file))
                .matches(
                        each -> each.claims().contains(file.attack().name())
                                || !each.complaints().isEmpty(),
                        "confirmed by an independent reader as " + file.attack());
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void bringsDownANaiveHandler(HostileFile file) {
        assertThat(examinationOf(file)).matches(each -> each.isProof(file.attack()), "a fall for " + file.attack());
    }

    @ParameterizedTest
    @HostileFiles(groups = DOCUMENT)
    void isRefusedByACarefulHandler(HostileFile file) {
        assertThat(examinationOf(file)).matches(Examination::isRefused, "a refusal, not a failure");
    }

    @Test
    void hasTwinsThatReadersAndHandlersTake() {
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

    /** A reader that is asked to replace entities opens what they name. */
    @Test
    void findsThatXmllintReadsAnotherFileWhenEntitiesAreReplaced(Shell shell) {
        String file = "corpus/xml-external-reference-entity-file.xml";

        assertThat(shell.run("xmllint", "--noent", file)).succeeded().stdoutContains("root:x:0:0");
        assertThat(shell.run("xmllint", file)).succeeded().stdoutContains("&x;");
    }
}
