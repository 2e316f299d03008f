package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.shell.Shell;

/** The programs of a PDF pipeline over hostile documents, within limits that hold. */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {"apt-get update", "apt-get install -y --no-install-recommends qpdf poppler-utils ghostscript"},
        limits = @Limits(memory = "128MiB", work = "32MiB", tmp = "32MiB", commandTime = "3s"))
class PdfProgramsTest {

    private static final String GHOSTSCRIPT =
            "gs %s -q -dBATCH -dNOPAUSE -sDEVICE=png16m -r30 -o page-%%d.png \"$0\"";

    private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("qpdf", "qpdf \"$0\" anew.pdf");
        PROGRAMS.put("pdfinfo", "pdfinfo \"$0\"");
        PROGRAMS.put("pdftotext", "pdftotext \"$0\" -");
        PROGRAMS.put("pdftoppm", "pdftoppm -r 30 -png \"$0\" page");
        PROGRAMS.put("gs -dSAFER", GHOSTSCRIPT.formatted("-dSAFER"));
        PROGRAMS.put("gs -dNOSAFER", GHOSTSCRIPT.formatted("-dNOSAFER"));
    }

    /** Those that show a difference; {@code Corpus.standard()} has many more. */
    private static final List<String> FILES = List.of(
            "pdf-wrong-type-postscript",
            "pdf-wrong-type-postscript-loop",
            "pdf-active-content-launch",
            "pdf-external-reference-uri",
            "pdf-encrypted-password",
            "pdf-bomb-forms",
            "pdf-huge-promise-pages",
            "pdf-loop-page-tree",
            "pdf-malformed-no-root");

    @Test
    void areNoHarmWithinLimits(Shell shell, TestReporter reporter) {
        SideBySide found = SideBySide.run(shell, PROGRAMS, FILES);

        found.publish("pdf", reporter);
        for (String program : PROGRAMS.keySet()) {
            assertThat(found.harmlessCell(program)).as(program).isEqualTo("taken");
            assertThat(found.cells(program)).as(program).doesNotContain("tries the network");
        }
        // Ghostscript goes by content: a file named .pdf is run as a program, if that is what it is.
        assertThat(found.cell("gs -dNOSAFER", "pdf-wrong-type-postscript")).isEqualTo("reads a file");
        assertThat(found.cell("gs -dSAFER", "pdf-wrong-type-postscript")).isEqualTo("refused");
        assertThat(found.cell("gs -dSAFER", "pdf-wrong-type-postscript-loop")).isEqualTo("out of time");
        assertThat(found.cell("qpdf", "pdf-wrong-type-postscript")).isEqualTo("refused");
        // A billion forms on one page: only a limit ends what draws them.
        for (String program : List.of("pdftotext", "pdftoppm", "gs -dSAFER")) {
            assertThat(found.cell(program, "pdf-bomb-forms")).as(program).isEqualTo("out of time");
        }
    }
}
