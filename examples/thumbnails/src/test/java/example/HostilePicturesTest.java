package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Limits;
import org.junitsandbox.Sandbox;
import org.junitsandbox.corpus.Corpus;
import org.junitsandbox.corpus.CorpusFile;
import org.junitsandbox.corpus.Format;
import org.junitsandbox.corpus.HostileFile;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** What three programs make of hostile pictures, side by side. The table is written to target/hostile-pictures.md. */
@Sandbox(
        image = "debian:bookworm-slim",
        setup = {
            "apt-get update",
            "apt-get install -y --no-install-recommends graphicsmagick imagemagick libvips-tools"
        },
        limits = @Limits(memory = "192MiB", work = "32MiB", tmp = "32MiB", commandTime = "5s"))
class HostilePicturesTest {

    /** Each makes thumbnail.png of a file. libvips goes by its content; the others are given its format. */
    private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("GraphicsMagick", "gm convert '%1$s:%2$s[0]' -resize 120x120 thumbnail.png");
        PROGRAMS.put("ImageMagick", "convert '%1$s:%2$s[0]' -resize 120x120 thumbnail.png");
        PROGRAMS.put("libvips", "vipsthumbnail %2$s --size 120 -o /work/thumbnail.png");
    }

    private static final List<String> NAMES = List.of(
            "png-bomb-pixels",
            "png-bomb-text",
            "png-many-entries-texts",
            "png-wrong-checksum-data",
            "png-wrong-type-mvg",
            "png-wrong-type-svg",
            "jpeg-bomb-pixels",
            "jpeg-complexity-scans",
            "jpeg-loop-exif-directory",
            "jpeg-huge-promise-dimensions",
            "jpeg-truncated-after-frame",
            "gif-bomb-pixels",
            "gif-many-entries-frames",
            "gif-huge-promise-frame",
            "gif-wrong-size-no-height");

    @Test
    void areNoHarmWithinLimits(Shell shell) throws IOException {
        List<String> table = new ArrayList<>();
        table.add("| file | " + String.join(" | ", PROGRAMS.keySet()) + " |");
        table.add("|---".repeat(1 + PROGRAMS.size()) + "|");
        Set<Format> formats = EnumSet.noneOf(Format.class);
        for (String name : NAMES) {
            HostileFile file = Corpus.file(name);
            // One harmless twin of each format will do.
            if (formats.add(file.format())) {
                assertThat(outcomes(file.harmlessTwin(), file, shell)).containsOnly("made");
            }
            table.add("| " + name + " | " + String.join(" | ", outcomes(file, file, shell)) + " |");
        }
        table.forEach(System.out::println);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/hostile-pictures.md"), table);

        assertThat(shell.run("echo still here").stdout()).isEqualTo("still here\n");
    }

    /** What each program does with one file; nothing, where it reports success and makes no picture. */
    private static List<String> outcomes(CorpusFile file, HostileFile kind, Shell shell) {
        shell.copyIn(file.bytes(), file.fileName());
        List<String> outcomes = new ArrayList<>();
        for (String program : PROGRAMS.values()) {
            CommandResult result =
                    shell.run("rm -f thumbnail.png; " + program.formatted(kind.format(), file.fileName()));
            String outcome = result.succeeded() ? "" : result.outcome().toString();
            String picture = shell.run("test -s thumbnail.png").succeeded() ? "made" : "";
            outcomes.add(outcome.isEmpty() || picture.isEmpty() ? picture + outcome : picture + ", but " + outcome);
        }
        return outcomes;
    }
}
