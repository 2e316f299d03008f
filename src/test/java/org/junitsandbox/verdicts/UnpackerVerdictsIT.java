package org.junitsandbox.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitsandbox.corpus.Attack;
import org.junitsandbox.corpus.Corpus;
import org.junitsandbox.corpus.Format;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Unpackers of busybox over hostile archives and their twins. */
@Timeout(300)
class UnpackerVerdictsIT {

    private static Shell shell;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        shell = Shell.open(SandboxSpec.of("busybox:latest"));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    private static Verdicts unpack(String script, Format format, Attack attack) {
        return Trial.of(shell, file -> Command.of("sh", "-c", "mkdir out && cd out && " + script, file))
                .rules(
                        Rule.staysInside("/work/out"),
                        Rule.takesHarmlessInputs(),
                        Rule.triesNoNetwork(),
                        Rule.leavesNothingRunning())
                .over(Corpus.standard().formats(format).attacks(attack).stream().flatMap(file -> Stream.of(
                        TrialInput.hostile(file.fileName(), file::open),
                        TrialInput.harmless(
                                file.harmlessTwin().fileName(), file.harmlessTwin()::open))));
    }

    private static List<String> names(Verdicts verdicts) {
        return verdicts.all().stream().map(verdict -> verdict.input().name()).toList();
    }

    /** Busybox's drops leading slashes, and takes "../" as it is, where its unzip and tar remove that. */
    @Test
    void findsWhichNamesLeadCpioOutside() throws Exception {
        Verdicts verdicts = unpack("cpio -id <\"$0\"", Format.CPIO, Attack.TRAVERSAL);

        assertThat(names(verdicts.violations()))
                .containsExactlyInAnyOrder(
                        "cpio-traversal-parent.cpio",
                        "cpio-traversal-grandparents.cpio",
                        "cpio-traversal-inner-parent.cpio",
                        "cpio-traversal-current-parent.cpio",
                        "cpio-traversal-slashes.cpio",
                        "cpio-traversal-directory.cpio");
        assertThat(verdicts.violations().all())
                .allSatisfy(verdict -> assertThat(verdict.violations())
                        .singleElement()
                        .asString()
                        .startsWith("added /")
                        .contains("escaped")
                        .endsWith(": outside"));

        Path page = folder.resolve("verdicts.html");
        verdicts.writePage("busybox cpio", page);
        assertThat(page).content()
                .contains("<h1>busybox cpio</h1>", verdicts.all().size() + " inputs, 6 with violations")
                .contains("<tr class=\"bad\"><td>cpio-traversal-parent.cpio</td><td>exited with code 0</td>");
    }

    @Test
    void findsThatNoNameLeadsUnzipAndTarOutside() {
        assertThat(unpack("unzip -q \"$0\"", Format.ZIP, Attack.TRAVERSAL)).hasNoViolations();
        assertThat(unpack("tar -xf \"$0\"", Format.TAR, Attack.TRAVERSAL)).hasNoViolations();
    }

    /** It makes links as they come, but after all files, so that nothing is written through them. */
    @Test
    void findsTheLinksThatUnzipMakes() {
        Verdicts verdicts = unpack("unzip -q \"$0\"", Format.ZIP, Attack.LINK);

        assertThat(verdicts.violations().all())
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict.violations())
                        .allMatch(violation -> violation.contains("symbolic link to")
                                && violation.contains(": leads to /")));
        assertThat(names(verdicts.violations()))
                .contains("zip-link-absolute.zip", "zip-link-parent.zip")
                .noneMatch(name -> name.contains("twin"))
                .doesNotContain("zip-link-self.zip", "zip-link-loop.zip");
    }
}
