package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TranscriptEvent;
import org.junitsandbox.shell.Transcripts;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.spec.UsageReading;

/** The page in a real browser. {@link Browser} asserts that it loads nothing and has no errors. */
@SuppressWarnings("NullAway.Init") // fields that a test sets
class HtmlPageIT {

    private static Shell viewer;
    private static Browser browser;

    @BeforeAll
    static void open() {
        viewer = Shell.open(Viewers.SPEC);
        browser = new Browser(viewer);
    }

    @AfterAll
    static void close() {
        viewer.close();
    }

    private static Transcript sample() {
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC)) {
            shell.copyInText("one\n", "in.txt");
            shell.run("printf 'plain \\033[1;31mred\\033[0m \\033[38;5;208morange\\033[0m\\n'; echo oops >&2; exit 3");
            shell.run("seq 1000");
            shell.run("printf 'a\\342\\200\\256b\\033[2J\\n'");
            return shell.transcript();
        }
    }

    @Test
    void showsATimelineWithColoursAndFailures() throws IOException {
        List<String> found = browser.open(
                "a.Test of \u202E",
                sample(),
                "eval document.querySelector('h1').textContent",
                "eval document.querySelectorAll('#events > li').length",
                "eval document.querySelectorAll('#events > li.bad').length",
                "eval document.querySelector('pre.out .f1.bold').textContent",
                "eval getComputedStyle([...document.querySelectorAll('pre.out span')][1]).color",
                "eval document.querySelector('pre.err').textContent",
                "eval [...document.querySelectorAll('pre.out')].at(-1).textContent",
                "eval document.querySelectorAll('#strip rect').length",
                "eval document.getElementById('facts').textContent.includes('memory 100 MiB')");

        assertThat(found.subList(1, found.size()))
                .containsExactly(
                        "a.Test of \\u202E", "4", "1", "red", "rgb(255, 135, 0)", "oops\\n",
                        "a\\u202Eb\\u001B[2J\\n", "4", "true");
    }

    @Test
    void showsWhatIsUsedAndChangedWithoutAScript() throws IOException {
        List<String> found = browser.open(
                "a test",
                story(),
                "eval [...document.querySelectorAll('#usage dt')].map(e => e.textContent).slice(0, 2).join()",
                "eval [...document.querySelectorAll('#usage dl .gauge')].length",
                "eval document.querySelector('#usage .notable').textContent",
                "eval [...document.querySelectorAll('#usage figure svg')].map(e => e.children.length).join()",
                "eval document.querySelectorAll('.row .gauge').length",
                "eval document.querySelector('#changes > summary').textContent",
                "eval [...document.querySelectorAll('#changes .change')].map(e => e.textContent + ' '"
                        + " + e.nextElementSibling.textContent).join()",
                "eval document.querySelector('#changes .tree summary').focus()",
                "key Enter",
                "eval document.querySelector('#changes .tree details').open");

        assertThat(found.get(1)).isEqualTo("CPU time,Most memory in use");
        assertThat(found.get(2)).isEqualTo("2");
        assertThat(found.get(3)).isEqualTo("Network attempts without a route1");
        assertThat(found.get(4)).as("bars of four commands").isEqualTo("4,4");
        assertThat(found.get(5)).as("two of each command").isEqualTo("8");
        assertThat(found.get(6)).isEqualTo("Changed files: 6 added, 1 modified");
        assertThat(found.get(7))
                .isEqualTo("added out/,added digest,added small/,added 128.jpg,added 256.jpg,added 64.jpg,"
                        + "modified upload.svg");
        assertThat(found.get(10)).isEqualTo("false");
    }

    @Test
    void findsFoldsCopiesAndIsUsedByKeyboard() throws IOException {
        String visible = "eval document.querySelectorAll('#events > li:not([hidden])').length";
        String wait = "eval new Promise(done => setTimeout(done, 300)).then(() => "
                + "document.getElementById('status').textContent)";
        List<String> found = browser.open(
                "a test",
                sample(),
                "eval document.querySelectorAll('#events > li')[2].querySelector('pre.out')"
                        + ".textContent.split('\\n').length",
                "click .fold",
                "eval document.querySelectorAll('#events > li')[2].querySelector('pre.out').textContent.length",
                "click #events > li:nth-child(2) pre.out + * , #events > li:nth-child(2) .row .copy",
                "eval navigator.clipboard.readText()",
                "eval document.getElementById('status').textContent",
                "eval document.activeElement.blur()",
                "key /",
                "type orange",
                wait,
                visible,
                "eval document.querySelector('mark').textContent",
                "key Escape",
                visible,
                "type 999",
                wait,
                "key Escape",
                "click #failed",
                visible,
                "click #failed",
                "click #close",
                "eval document.querySelectorAll('details[open] .body').length",
                "eval document.querySelector('#events summary').focus()",
                "key ArrowDown",
                "key Enter",
                "eval document.querySelectorAll('#events > li')[1].querySelector('details').open",
                "click #open",
                "eval document.querySelectorAll('#events details[open]').length");

        assertThat(found.get(1)).isEqualTo("21");
        assertThat(found.get(3)).isEqualTo("3893");
        assertThat(found.get(5)).startsWith("printf 'plain ");
        assertThat(found.get(6)).isEqualTo("Copied.");
        assertThat(found.get(10)).isEqualTo("1 of 4 events");
        assertThat(found.get(11)).isEqualTo("1");
        assertThat(found.get(12)).isEqualTo("orange");
        assertThat(found.get(14)).isEqualTo("4");
        assertThat(found.get(16)).isEqualTo("1 of 4 events");
        assertThat(found.get(19)).isEqualTo("1");
        assertThat(found.get(22)).isEqualTo("0");
        assertThat(found.get(26)).isEqualTo("true");
        assertThat(found.get(28)).isEqualTo("4");
    }

    @Test
    void marksNothingOfAnEarlierSearch() throws IOException {
        String wait = "eval new Promise(done => setTimeout(done, 300)).then(() => "
                + "document.querySelectorAll('pre mark').length)";
        List<String> found = browser.open(
                "a test",
                sample(),
                "eval document.activeElement.blur()",
                "key /",
                "type orange",
                wait,
                "click #close",
                "key /",
                "key Escape",
                "click #open",
                wait);

        assertThat(found.get(4)).isEqualTo("1");
        assertThat(found.get(9)).isEqualTo("0");
    }

    @Test
    void isDarkOrLightAndFitsAPhone() throws IOException {
        String back = "eval getComputedStyle(document.body).backgroundColor";
        List<String> found = browser.open(
                "a.test.of.a.package.with.a.long.Name.that.has.no.blank.at.all.and.more.ThanOneLine",
                sample(),
                "scheme light",
                back,
                "scheme dark",
                back,
                "click #theme",
                back,
                "click #theme",
                back,
                "size 360 640",
                "eval document.documentElement.scrollWidth");

        assertThat(found.get(2)).isEqualTo("rgb(255, 255, 255)");
        assertThat(found.get(4)).isEqualTo("rgb(13, 17, 23)");
        assertThat(found.get(6)).isEqualTo("rgb(255, 255, 255)");
        assertThat(found.get(8)).isEqualTo("rgb(13, 17, 23)");
        assertThat(found.get(10)).isEqualTo("360");
    }

    /** How fast a page is depends on the machine; that it is not slower by the square of what it shows does not. */
    @Test
    void showsTenThousandCommandsNotMuchSlowerThanAThousand() throws IOException {
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC)) {
            for (int i = 0; i < 1_000; i++) {
                shell.run("echo number " + i);
            }
            Transcript thousand = withUsage(shell);
            for (int i = 1_000; i < 10_000; i++) {
                shell.run("echo number " + i);
            }
            Transcript all = withUsage(shell);

            double millis = millisUntilDrawn(thousand, 1_000, 0);
            assertThat(millisUntilDrawn(all, 10_000, 300))
                    .as("ms until the first of 10,000 were drawn, in place of %s ms of 1,000", millis)
                    .isLessThan(20 * millis);
        }
    }

    private static Transcript withUsage(Shell shell) {
        return Transcripts.withUsage(shell.transcript(), TranscriptEvent.Kind.COMMAND, shell.usage());
    }

    private static double millisUntilDrawn(Transcript transcript, int commands, int shapes) throws IOException {
        List<String> found = browser.open(
                "many-" + commands,
                transcript,
                "eval [...document.querySelectorAll('figure svg')].map(svg => svg.children.length)"
                        + ".every(count => count > " + shapes + " && count <= 401)",
                "eval new Promise(done => { const wait = () => document.querySelectorAll('#events > li').length"
                        + " === " + commands + " ? done(performance.now()) : setTimeout(wait, 10); wait(); })");
        assertThat(found.get(1)).as("plots that are bounded").isEqualTo("true");
        return Double.parseDouble(found.get(0));
    }

    private static Transcript story() {
        SandboxSpec spec = TranscriptFilesIT.SPEC
                .usage(UsageReading.EACH_COMMAND)
                .limits(ResourceLimits.DEFAULT.memory("64MiB").cpus(1));
        try (Shell shell = Shell.open(spec)) {
            shell.copyInText("<svg/>\n", "upload.svg");
            shell.run("mkdir -p out/small && head -c 20000000 /dev/zero >/tmp/frames && echo 'decoded 12 frames'");
            shell.run("head -c 6000000 /tmp/frames | md5sum >out/digest; sleep 0.1");
            shell.run("""
                    for size in 64 128 256; do
                        seq $((size * 2000)) | gzip -c >out/small/$size.jpg
                    done
                    printf '\\033[32mmade\\033[0m 3 thumbnails\\n'; echo 'warning: no profile' >&2""");
            shell.run("nslookup tracker.example; chmod 0600 upload.svg; rm /tmp/frames; exit 3");
            shell.noteUsage();
            shell.noteChanges();
            return shell.transcript();
        }
    }

    /** {@code light.png} is {@code src/docs/transcript.png}, which README and evidence.md show. */
    @Test
    void hasAPicture() throws IOException {
        List<String> steps = new ArrayList<>();
        for (String scheme : List.of("light", "dark")) {
            steps.addAll(List.of(
                    "scheme " + scheme,
                    "size 900 960",
                    "shot /work/" + scheme + ".png",
                    "size 360 1600",
                    "shot /work/" + scheme + "-phone.png"));
        }
        browser.open("org.example.ThumbnailTest shrinks(Shell)", story(), steps.toArray(String[]::new));
        for (String name : List.of("light", "dark", "light-phone", "dark-phone")) {
            Path picture = Path.of("target", "evidence", name + ".png");
            Files.deleteIfExists(picture);
            browser.copyOut("/work/" + name + ".png", picture);

            assertThat(picture).isNotEmptyFile();
        }
    }
}
